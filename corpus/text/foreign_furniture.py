"""Furniture of pages in languages other than English: what `boilerplate` knows it by."""

# Patterns for a whole line, one string a language.
FOREIGN_PHRASES = (
    # German
    r"teilen|merken|drucken|zum (?:haupt)?inhalt(?: springen)?|zur (?:startseite|navigation)"
    r"|mehr (?:zum thema|lesen|erfahren|anzeigen)|weiterlesen|anzeige|werbung|auch interessant"
    r"|lesen sie (?:auch|mehr)(?: zum thema)?:?|impressum|datenschutz(?:erklärung|hinweise)?"
    r"|(?:newsletter|jetzt) (?:abonnieren|bestellen)|anmelden|registrieren"
    r"|artikel (?:teilen|drucken)|kommentare?(?: \(\d+\)| schreiben| lesen)?|nach oben"
    r"|zurück zur übersicht|agb",
    # French
    r"partager(?: (?:cet article|l['’]article|sur .{1,20}))?|imprimer"
    r"|(?:à )?lire (?:aussi|également) ?:?|lire la suite|publicité|aller au contenu(?: principal)?"
    r"|s['’](?:abonner|inscrire|identifier)"
    r"|se connecter|mentions légales|voir plus|(?:laisser un )?commentaires?|haut de page"
    r"|politique de confidentialité|sur le même (?:sujet|thème)",
    # Spanish, Portuguese and Italian
    r"compartir(?: en .{1,20})?|imprimir|le[ea]r? (?:más|también):?|publicidad"
    r"|suscr[ií]bete(?: ya)?|iniciar sesión|(?:ir|saltar) al contenido(?: principal)?|aviso legal"
    r"|noticias relacionadas",
    r"compartilh(?:e|ar)(?: no? .{1,20})?|leia (?:mais|também):?|publicidade|assine(?: já)?"
    r"|ir para o conteúdo(?: principal)?|notícias relacionadas|veja também:?",
    r"condividi(?: su .{1,20})?|stampa|leggi (?:anche|tutto|di più|l['’]articolo):?|pubblicità"
    r"|vai al contenuto(?: principale)?|accedi|abbonati(?: ora)?|articoli correlati",
    # Russian
    r"поделиться|распечатать|читать (?:далее|также|полностью):?|реклама|войти|регистрация"
    r"|подписаться(?: на .{1,30})?|комментарии(?: \(\d+\))?|наверх",
    # Chinese
    r"分享(?:到|至|給|给)?[^。,，]{0,10}|收藏|打印(?:本页)?|列印|【?(?:打印|关闭|關閉)】?"
    r"|关闭窗口|字(?:号|體|体)[:： 大中小]{0,8}|返回(?:顶部|頂部|首页|首頁|列表)|首[页頁]"
    r"|[上下]一[篇条條][:：]?.{0,50}"
    r"|(?:相关|相關|延伸|推荐|推薦)(?:阅读|閱讀|新闻|新聞|推荐|文章|链接)[:：]?"
    r"|扫一扫[^。]{0,20}|點?点?击[^。]{0,12}|登录|登入|注册|註冊"
    r"|广告|廣告|(?:责任编辑|責任編輯)[:：]?.{0,16}",
    # Japanese and Korean
    r"続きを読む|広告|関連(?:記事|リンク)|シェア(?:する)?|印刷(?:する)?|ログイン|(?:無料)?会員登録"
    r"|(?:この)?ページの(?:先頭|トップ)(?:へ)?(?:戻る)?",
    r"공유(?:하기)?|인쇄(?:하기)?|글자 ?크기|관련 ?기사|로그인|회원 ?가입|"
    r"무단 ?전재.{0,30}|목록(?:으로)?|광고",
)
