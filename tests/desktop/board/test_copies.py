"""Services as text for elsewhere: nothing that people typed is taken for markup."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.board.copies import as_chat, as_html, as_markdown, for_clipboard
from tests.desktop.board.made_rows import row


def test_a_line_for_chat_says_what_since_when_and_why(qapp: QApplication) -> None:
    line = as_chat([row(1, "E-Mail", status=7, comment="queue\nis long")])
    assert line.startswith("✖ E-Mail: Outage since ")
    assert line.endswith(" – “queue is long”")


def test_a_table_for_a_wiki_escapes_what_would_be_markup(qapp: QApplication) -> None:
    text = as_markdown([row(1, "a|b", comment="*x* <b>\nnext")])
    head, rule, line = text.splitlines()
    assert head == "| Service | Status | Since | Changed by | Comment |"
    assert rule == "| --- | --- | --- | --- | --- |"
    assert line.startswith(r"| a\|b | Operational | ")
    assert line.endswith(r"\*x\* \<b\> next |")


def test_a_table_of_html_is_pasted_as_one(qapp: QApplication) -> None:
    rows = [row(1, "<script>", comment="a & b")]
    data = for_clipboard(as_html, rows)
    assert "&lt;script&gt;" in data.html()
    assert "a &amp; b" in data.html()
    assert data.text() == as_html(rows)
