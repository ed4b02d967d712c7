"""The language of a text: by script, by small words, and not at all for figures."""

import pytest

from corpus.language import find_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The mine was reopened in 2012 and is operated by the company."),
        ("de", "Die Mine wurde im Jahr 2012 wieder eröffnet und wird von der Firma betrieben."),
        ("fr", "La mine a été rouverte et elle est exploitée par la société dans le désert."),
        ("it", "La miniera è stata riaperta nel 2012 ed è gestita dalla società che ha sede qui."),
        ("es", "La mina fue reabierta y es operada por la empresa que tiene su sede en el país."),
        ("pt", "A mina foi reaberta e é operada pela empresa que tem sede no Brasil, com mais."),
        ("nl", "De mijn werd in 2012 heropend en wordt door het bedrijf met succes geleid."),
        ("pl", "Kopalnia jest prowadzona przez firmę, która ma siedzibę w Polsce i się rozwija."),
        ("vi", "Mỏ được mở lại vào năm 2012 và được công ty của Việt Nam điều hành trong vùng."),
        ("id", "Tambang ini dibuka karena perusahaan bisa dan telah mendapat izin."),
        ("ms", "Lombong ini dibuka kerana syarikat boleh dan telah mendapat lesen."),
        ("sv", "Gruvan öppnades igen och drivs av företaget som har en anläggning på ön."),
        ("da", "Gruben blev åbnet igen og drives af firmaet, som har et anlæg på øen."),
        ("no", "Gruven ble åpnet igjen og drives av selskapet, som har et anlegg på øya."),
        ("fi", "Kaivos avattiin uudelleen ja sen omistaa yhtiö, joka on myös tehtaan omistaja."),
        ("et", "Kaevandus avati uuesti ja see on ettevõtte oma, mis toodab ka magneteid."),
        ("tr", "Maden yeniden açıldı ve bu bölge için önemli bir tesis olarak işletiliyor."),
        ("ru", "Рудник был вновь открыт и эксплуатируется компанией."),
        ("uk", "Рудник було знову відкрито, і його експлуатує компанія."),
        ("bg", "Мината беше отворена отново и се управлява от компания."),
        ("mn", "Уурхайг дахин нээсэн бөгөөд өөрийн үйлдвэртэй."),
        ("kk", "Кеніш қайта ашылды және оны жаңа компания басқарады, оның зауыты бар."),
        ("zh", "该矿于2012年重新开放,由北方稀土公司运营。"),
        ("zh", "北方稀土 (CNRE) 公布 NdPr oxide 价格 of 2025 年, REO 折合量如下所示。"),
        ("ja", "この鉱山は2012年に再開され、同社が運営している。"),
        ("ko", "이 광산은 2012년에 다시 열렸으며 회사가 운영한다."),
        ("th", "เหมืองนี้เปิดใหม่ในปี 2555"),
        ("ar", "أعيد فتح المنجم في عام 2012 وتديره الشركة"),
        ("fa", "این معدن در سال ۲۰۱۲ دوباره گشوده شد و چند شرکت دارد"),
        ("el", "Το ορυχείο άνοιξε ξανά"),
        ("hi", "यह खदान फिर से खोली गई"),
    ],
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024 270,000 — 44,000,000",
        "China 270,000 Australia 29,000 Burma 22,000 Dysprosium oxide 239",
        "Country | 2024 | W | NA | do. | na | do | w | do | na | Brazil | do.",
        "NdPr Dy Tb",
    ],
)
def test_a_table_has_no_language(text: str) -> None:
    assert find_language(text) == ""


def test_two_languages_alike_are_none() -> None:
    english = "The mine of the company was in the region and it is at the sea. "
    german = "Die Mine der Firma ist in der Region und die Stadt ist an der See. "
    assert find_language(english * 3 + german * 5) == ""
    assert find_language(english * 9 + german) == "en"
