"""Dumps of articles in JSON become a page each; other JSON is read as far as it can be cited."""

from typing import Any

import pytest
from article_pages import read_value, rows, texts

from corpus.document import Metadata, original_text
from corpus.errors import NoFactsError

SCRAPED = {
    "title": "Kiruna deposit grows",
    "text": "The operator doubled its estimate.\n\nThe deposit holds 2.2 million tonnes of oxides.",
    "author": "Eva Lind",
    "date": "February 6, 2026",
    "source": "Northern Ore",
    "url": "https://ore.example/kiruna",
    "lang": "en",
    "license": "CC BY 4.0",
}


def test_article_is_a_page_with_heading_byline_and_paragraphs() -> None:
    reading = read_value(SCRAPED)
    (page,) = reading.pages
    assert page.text == (
        "Kiruna deposit grows\n\nEva Lind, 2026-02-06, Northern Ore\n\n"
        "The operator doubled its estimate.\n\nThe deposit holds 2.2 million tonnes of oxides."
    )
    assert [block.kind for block in page.blocks] == ["heading", "prose", "prose", "prose"]
    assert {block.context.section for block in page.blocks[1:]} == {"Kiruna deposit grows"}
    assert (page.number, page.label) == (1, "Kiruna deposit grows")
    assert reading.metadata == Metadata(
        title="Kiruna deposit grows",
        author="Eva Lind",
        published="2026-02-06",
        publisher="Northern Ore",
        url="https://ore.example/kiruna",
        language="en",
        licence="CC BY 4.0",
    )


def test_articles_of_a_list_are_pages_in_their_order() -> None:
    second = SCRAPED | {"title": "A second one", "date": "2026-02-09", "text": "It is shorter."}
    reading = read_value([SCRAPED, second])
    assert [(page.number, page.label) for page in reading.pages] == [
        (1, "Kiruna deposit grows"),
        (2, "A second one"),
    ]
    assert reading.metadata == Metadata(
        publisher="Northern Ore", published="2026-02-09", language="en", licence="CC BY 4.0"
    )


def test_long_title_is_a_label_cut_at_a_word() -> None:
    title = "Separation plants in three countries wait for permits that nobody has asked for yet"
    (page,) = read_value(SCRAPED | {"title": title}).pages
    assert page.label == "Separation plants in three countries wait for permits that"
    assert page.text.startswith(f"{title}\n\n")


def test_json_feed_gives_its_title_and_home_page() -> None:
    reading = read_value(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Magnet Notes",
            "home_page_url": "https://notes.example/",
            "feed_url": "https://notes.example/feed.json",
            "language": "en-GB",
            "items": [
                {
                    "id": "2",
                    "url": "https://notes.example/2",
                    "content_text": "Two new lines make sintered magnets in Estonia.",
                    "date_published": "2026-01-20T09:00:00+02:00",
                    "authors": [{"name": "Mari Tamm"}, {"name": "Jaan Kask"}],
                },
                {
                    "id": "1",
                    "title": "Swarf",
                    "content_html": "<p>Swarf is <em>recycled</em> in a furnace.</p>",
                    "summary": "On swarf.",
                    "date_published": "2026-01-02T09:00:00Z",
                },
            ],
        }
    )
    assert texts(reading) == [
        "Mari Tamm, Jaan Kask, 2026-01-20, Magnet Notes\n\n"
        "Two new lines make sintered magnets in Estonia.",
        "Swarf\n\n2026-01-02, Magnet Notes\n\nSwarf is recycled in a furnace.",
    ]
    assert [page.label for page in reading.pages] == ["1", "Swarf"]
    assert reading.metadata == Metadata(
        title="Magnet Notes",
        publisher="Magnet Notes",
        published="2026-01-20",
        url="https://notes.example/",
        language="en",
    )


def test_wordpress_posts_keep_their_tables() -> None:
    reading = read_value(
        [
            {
                "id": 71,
                "date": "2026-02-04T10:00:00",
                "link": "https://blog.example/quarter",
                "title": {"rendered": "A miner&#8217;s quarter"},
                "content": {
                    "rendered": "<p>Output of NdPr oxide rose to <b>2,080 tonnes</b>.</p>"
                    "<table><tr><th>Oxide</th><th>US$/kg</th></tr><tr><td>NdPr</td><td>69</td>"
                    "</tr><tr><td>Dy</td><td>239</td></tr></table><script>track()</script>",
                    "protected": False,
                },
                "excerpt": {"rendered": "<p>Output rose.</p>"},
                "author": 12,
                "_embedded": {"author": [{"id": 12, "name": "Jo Field"}]},
            }
        ]
    )
    (page,) = reading.pages
    assert page.text.startswith(
        "A miner’s quarter\n\nJo Field, 2026-02-04\n\nOutput of NdPr oxide rose to 2,080 tonnes."
    )
    assert rows(page) == [["Oxide", "US$/kg"], ["NdPr", "69"], ["Dy", "239"]]
    assert "track" not in page.text
    assert reading.metadata.url == "https://blog.example/quarter"


def test_news_api_names_what_is_cut_and_what_is_empty() -> None:
    reading = read_value(
        {
            "status": "ok",
            "totalResults": 3,
            "articles": [
                {
                    "source": {"id": None, "name": "Wire"},
                    "author": "By Jane Smith",
                    "title": "Quotas come without a notice",
                    "description": "Nothing was published.",
                    "url": "https://wire.example/1",
                    "publishedAt": "2026-02-06T10:00:00Z",
                    "content": "The quotas were issued in private, two people said… [+2345 chars]",
                },
                {
                    "source": {"name": "Wire"},
                    "title": "Only a title",
                    "description": None,
                    "url": "https://wire.example/2",
                    "publishedAt": "2026-02-07T10:00:00Z",
                    "content": "",
                },
                {
                    "source": {"name": "Wire"},
                    "title": "{{articledata.title}}",
                    "url": "https://wire.example/3",
                    "publishedAt": "2026-02-08T10:00:00Z",
                    "content": "{{articledata.body}}",
                },
            ],
        }
    )
    assert texts(reading) == [
        "Quotas come without a notice\n\nJane Smith, 2026-02-06, Wire\n\n"
        "The quotas were issued in private, two people said"
    ]
    assert reading.remarks == (
        "article 2 'Only a title' has no text",
        "article 3 has no text",
        "article 1 'Quotas come without a notice' is cut short",
    )


def test_linked_data_gives_the_article_of_its_graph() -> None:
    reading = read_value(
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "Ore Daily", "url": "https://daily.example"},
                {
                    "@type": "NewsArticle",
                    "headline": "Mine opens",
                    "articleBody": "The mine opened in May. It will yield 5,000 t a year.",
                    "datePublished": "2025-05-03",
                    "author": [
                        {"@type": "Person", "name": "Ada Berg"},
                        {"@type": "Person", "name": "Carl Dahl"},
                    ],
                    "publisher": {"@type": "Organization", "name": "Ore Daily"},
                    "mainEntityOfPage": {"@id": "https://daily.example/mine"},
                    "inLanguage": "en-GB",
                },
            ],
        }
    )
    assert texts(reading) == [
        "Mine opens\n\nAda Berg, Carl Dahl, 2025-05-03, Ore Daily\n\n"
        "The mine opened in May. It will yield 5,000 t a year."
    ]
    assert reading.metadata == Metadata(
        title="Mine opens",
        author="Ada Berg, Carl Dahl",
        publisher="Ore Daily",
        published="2025-05-03",
        url="https://daily.example/mine",
        language="en",
    )


@pytest.mark.parametrize(
    "value",
    [
        {
            "hits": {
                "total": 1,
                "hits": [{"_id": "a", "_source": {"headline": "H", "body": "B c."}}],
            }
        },
        {"response": {"results": [{"webTitle": "H", "fields": {"bodyText": "B c."}}]}},
        {"data": [{"attributes": {"title": "H", "content": "B c."}}]},
        {"posts": [{"title": "H", "text": ["B c."]}]},
        {"results": {"17": {"title": "H", "body": "B c."}, "18": {"title": "H", "body": "B c."}}},
        [{"page_content": "B c.", "metadata": {"title": "H", "source": "a.pdf"}}],
        {"title": ["H"], "content": [{"type": "paragraph", "text": "B c."}]},
    ],
)
def test_article_is_found_however_it_is_wrapped(value: Any) -> None:
    page = read_value(value).pages[0]
    assert page.text.split("\n\n")[0] == "H"
    assert page.text.split("\n\n")[-1] == "B c."


def test_description_stands_in_for_a_missing_text() -> None:
    value = {"title": "H", "description": "What it is about.", "url": "https://a.example/"}
    assert texts(read_value([value])) == ["H\n\nWhat it is about."]


def test_markdown_body_keeps_headings_and_tables() -> None:
    body = "## Output\n\nIt rose again.\n\n| Oxide | t |\n|---|---|\n| NdPr | 1,294 |\n"
    (page,) = read_value({"title": "H", "markdown": body}).pages
    assert [block.kind for block in page.blocks] == ["heading", "heading", "prose", "row"]
    assert page.blocks[2].context.section == "Output"
    assert rows(page) == [["Oxide", "t"], ["NdPr", "1,294"]]


def test_title_repeated_at_the_start_of_the_body_is_written_once() -> None:
    assert texts(read_value({"title": "Ho hum", "text": "Ho hum\n\nThe text."})) == [
        "Ho hum\n\nThe text."
    ]


def test_damaged_encoding_is_repaired_and_can_be_undone() -> None:
    (page,) = read_value({"title": "H", "text": "It is Chinaโs mine."}).pages
    assert page.text == "H\n\nIt is China’s mine."
    assert original_text(page, 0, len(page.text)) == "H\n\nIt is Chinaโs mine."


def test_file_whose_articles_are_all_empty_is_refused() -> None:
    with pytest.raises(NoFactsError) as raised:
        read_value([{"title": "A", "text": ""}, {"title": "B", "text": "{{ body }}"}], "a.json")
    assert str(raised.value) == (
        "a.json: none of its 2 articles has text; fetch them with their bodies"
    )


def test_many_empty_articles_are_counted() -> None:
    empty = [{"title": f"T{n}", "text": ""} for n in range(8)]
    reading = read_value([*empty, {"title": "A", "text": "One."}])
    assert reading.remarks[-2:] == ("article 5 'T4' has no text", "3 more articles have no text")
    assert [page.number for page in reading.pages] == [1]


def test_entries_that_are_no_articles_are_counted() -> None:
    entries = [{"title": "A", "text": "One."}, {"title": "B", "text": "Two."}, {"ad": 1}]
    reading = read_value({"items": entries})
    assert reading.remarks == ("entries that are no articles, left out: 1",)


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("CC BY 4.0. " + "The rest is for lawyers " * 20, "CC BY 4.0."),
        ("word " * 60, ""),
    ],
)
def test_long_licence_is_its_first_sentence(stated: str, kept: str) -> None:
    assert read_value(SCRAPED | {"license": stated}).metadata.licence == kept
