"""Furniture of pages is told from sentences, also from those that speak of the same things."""

import pytest

from corpus.text.boilerplate import is_boilerplate

FURNITURE = (
    "GET FULL ACCESS", "[email protected]", "Norvik Mines Logo", "No data", "13.07.2015 Views",
    "Description automatically generated", "Norvik Survey Open main menu", "Menu Search Account",
    "Live FeedsAlertsTerms of UsePrivacy Policy", "[Teilen](a.htm) · [Merken](b.htm)",
    "Next Article in Journal", "Font Type:", "Zum Inhalt springen", "Mehr zum Thema", "Anzeige",
    "Lire aussi :", "Partager sur Facebook", "Publicidad", "Leia também:", "Condividi",
    "Читать далее", "分享到微博", "返回顶部", "上一篇：稀土价格", "责任编辑：王某", "相关新闻",
    "関連記事", "続きを読む", "공유하기", "무단 전재 및 재배포 금지",
    "Skip to content", "Skip to main content", "Skip Links", "Jump to navigation", "Back to top",
    "0 Comments", "12 comments", "No comments yet", "Leave a comment", "Leave a Reply Cancel reply",
    "Comments are closed.", "Be the first to comment", "5.168 views", "2 download", "1.2k shares",
    "Read more", "Read more »", "Continue reading →", "[Read more]", "Show less", "Learn more",
    "Advertisement", "ADVERTISEMENT", "Sponsored content", "Article continues below advertisement",
    "Loading...", "Loading…", "Loading the data...", "Please wait", "Menu", "Toggle navigation",
    "Close", "Log in", "Sign In | Register", "Subscribe now", "Sign up for our newsletter",
    "Subscribe to our free daily newsletter", "Your email address", "Follow us on Twitter",
    "Privacy Policy", "Terms & Conditions", "Cookie settings", "Accept all cookies", "Got it!",
    "This site uses cookies to improve your experience.", "We use cookies. By browsing you agree.",
    "Share this article", "Share on Facebook", "Facebook Twitter LinkedIn Email",
    "Share via WhatsApp", "Print this page", "Download PDF", "Download as pdf or txt",
    "You might also like", "Related articles", "Most read", "Latest news", "« Previous", "Next »",
    "Previous | Next", "Page 3 of 18", "You are on page 1of 18", "U.S. flag",
    "An official website of the United States government", "Here’s how you know", "Home",
    "Home > News > Rare earths", "Home | About | Contact | Login", "Powered by WordPress",
    "Please enable JavaScript to view this page.", "Tags: magnets, China", "View all posts",
    "© 2025 Norvik Minerals", "Copyright © 2024 The Mining Letter. All rights reserved.",
    "(c) 2023 Norvik Minerals Ltd. All rights reserved.", "All rights reserved.",
    "Copyright 2021 Norvik", "{{articledata.title}}", "{{ price }} dollars", "<%= title %>",
    "[[ headline ]]", "${page.title}", "{% block content %}", "By {{author}} on {{date}}",
    "<!-- navigation -->", "**Advertisement**", "- Read more",
)  # fmt: skip
SENTENCES = (
    "", "Rare earths", "$5", "$5 a kilogram", "Prices rose to $5{3} per unit",
    "The comments of the ministry were not published.", "Comments",
    "Comments are due by 9 October 2025 and are posted unchanged.",
    "It received 12 comments on the draft list.",
    "The advertisement of the licence round ended in May.",
    "Loading of the ore at Fremantle takes three days.",
    "Share of China in world output: 69%", "Shares of MP Materials rose by 5%.",
    "The companies share the cost of the plant.", "Next year’s quota will be smaller.",
    "Next came the refinery in Malaysia.", "Previous owners left the tailings behind.",
    "Copyright law covers data bases in the European Union.",
    "Copyright owners may object to the use of their maps.",
    "(c) The restriction on melting applies to alloys.", "(c) 2019 production was restated.",
    "(c) All subsequent phases of production", "More from Mountain Pass is expected next year.",
    "More than half of the ore is exported.", "Read more than one edition before you compare.",
    "Cookies made by the bakery were served at the opening of the mine.",
    "Home production of magnets fell.", "Homes near the mine were bought up.",
    "Powered by hydropower, the smelter emits little.", "Powered by coal",
    "Search for xenotime continues in Thailand.", "Registered capital: RMB 3.6 billion",
    "Register of mining rights, 2024", "Print run: 500 copies",
    "Download speeds are not the issue.",
    "The logo of the mine was changed.", "Die Anzeige des Ministers wurde geprüft.",
    "Teilen will der Konzern den Gewinn.", "L’imprimer coûte 5 euros.", "Stampa e media, 2024",
    "收藏级矿物的价格上涨。", "广告支出增加了5%。", "Accounts of Menu Mining",
    "Norvik opens its menu of mines",
    "NdPr and DyFe", "LinkedIn", "The next article in the journal is on ore.",
    "Follow-up drilling confirmed the grade.", "Closed in 2015, the mine reopened in 2018.",
    "Close to 90% of separation is in China.", "The menu of measures includes tariffs.",
    "Page 153 of the summary gives reserves.", "2024/25", "152", "1,500", "NA", "W",
    "[[Neodymium]] is used in [[magnet]]s.", "The set {Nd, Pr, Dy, Tb} is called magnet metals.",
    "A price of ${10}^{3}$ per ton is assumed.", "Tags are fixed to each drum of oxide.",
    "China | Australia | Burma", "Mine | Refinery | Magnet plant", "Nd > Pr > Dy > Tb",
    "China leads; 3 | 4 | 5", "Contact with the orebody was lost at 200 m.",
    "About 41 million tons of reserves were restated.", "Terms of trade worsened.",
    "Terms of the offtake agreement were not disclosed.", "Privacy was not an issue.",
    "We use cookie-cutter assumptions for all deposits.",
    "Sign-up fees of the licence round were waived.", "Latest news of the quota came in August.",
    "Advertised prices differ from paid prices.", "Ad hoc quotas were added.",
    "Recommended reserves are lower than stated.", "Subscribe rates for the share issue hit 40%.",
    "The report says that {{name}} raised its output of neodymium oxide and praseodymium oxide "
    "to a new record in the fourth quarter of the year.",
)  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_of_a_page_is_recognised(line: str) -> None:
    assert is_boilerplate(line)
    assert is_boilerplate(f"  {line}\t")


@pytest.mark.parametrize("line", SENTENCES)
def test_what_a_page_says_is_not_taken_for_furniture(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize("sign", ["{{", "[[", "${", "<%", "| ", "a | ", "© ", "share on ", "<!--"])
def test_a_very_long_line_is_judged_at_once(sign: str) -> None:
    assert not is_boilerplate("The ore is mined. " * 10_000 + sign * 50_000)
