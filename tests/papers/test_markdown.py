import pytest

from vendorhub.papers.markdown import as_html, as_text


def test_a_paper_reads_as_it_was_meant() -> None:
    typed = (
        "# What it costs\n\nOne *rehearsal*, **two** days.\n\n1. first\n2. then\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"
    )
    assert as_html(typed) == (
        "<h3>What it costs</h3>\n<p>One <em>rehearsal</em>, <strong>two</strong> days.</p>\n"
        "<ol>\n<li>first</li>\n<li>then</li>\n</ol>\n"
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
    )


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ('<b onclick="x()">hi</b>', '<p>&lt;b onclick="x()"&gt;hi&lt;/b&gt;</p>\n'),
        ("[press](javascript:alert)", "<p>[press](javascript:alert)</p>\n"),
        ("![spy](https://fastprint.example/p.png)", '<p>!<a href="https://fastprint.example/p.png"'),
        (
            "[us](https://fastprint.example)",
            '<p><a href="https://fastprint.example" rel="noopener noreferrer nofollow">',
        ),
        ("[data](data:text/html;base64,AAAA)", "<p>[data](data:text/html;base64,AAAA)</p>\n"),
    ],
)
def test_it_can_hold_nothing_but_words(typed: str, html: str) -> None:
    assert as_html(typed).startswith(html)


def test_headings_stay_below_the_pages_own() -> None:
    assert as_html("# a\n\n###### b") == "<h3>a</h3>\n<h6>b</h6>\n"


def test_on_paper_only_the_words_are_left() -> None:
    typed = "# What it costs\n\nOne *rehearsal*,\n[two](https://a.example) days.\n\n- first\n- then\n\n1. one\n\n`x`"
    assert as_text(typed) == "What it costs\nOne rehearsal, two days.\n\u2022 first\n\u2022 then\n1. one\nx"
    assert as_text("<b>hi</b> & then\n\nIn 2026.\n\n*no*") == "<b>hi</b> & then\nIn 2026.\nno"
