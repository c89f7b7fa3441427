from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.exchange import (
    ERRORS_MOST,
    SERVICES_MOST,
    SIZE_MOST,
    Document,
    ExchangeService,
    LineError,
    decoded,
    parse_api_list,
    parse_csv,
    parse_json,
    parsed,
    write_csv,
    write_json,
)
from izzitup_desktop.domain.text import fold

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def texts(most: int = 30, also: str = "") -> st.SearchStrategy[str]:
    plain = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
    # Often what is dangerous in a table.
    chars = st.one_of(plain, st.sampled_from("=+-@',;\"" + also))
    return st.text(chars, max_size=most).map(str.strip)


ADDRESSES = st.one_of(st.just(""), texts().filter(bool).map("https://{}".format))
SERVICES = st.builds(
    ExchangeService,
    name=texts().filter(bool),
    key=st.from_regex(r"[a-z_.\-]{0,8}", fullmatch=True),
    group=texts(),
    description=texts(also="\n\r\t"),
    url=ADDRESSES,
    check_url=ADDRESSES,
    status=st.sampled_from([5, 6, 7]),
    hidden=st.booleans(),
    note=texts(also="\n\r\t"),
    stale_minutes=st.integers(0, 60 * 24 * 366),
)


def told_apart(service: ExchangeService) -> tuple[str, ...]:
    if service.key:
        return (fold(service.key),)
    return (fold(service.name), fold(service.group or ""))


DOCUMENTS = st.builds(
    Document,
    services=st.lists(SERVICES, max_size=6, unique_by=told_apart).map(tuple),
    groups=st.lists(texts().filter(bool), max_size=4, unique_by=fold).map(tuple),
)


def board(**members: Any) -> str:
    usual = {"format": "izzitup-board", "version": 1, "groups": [], "services": []}
    return json.dumps({**usual, **members}, indent=1)


def where(document: Document) -> list[tuple[int, str]]:
    return [(error.line, error.field) for error in document.errors]


@given(DOCUMENTS)
def test_json_gives_again_what_was_written(document: Document) -> None:
    assert parsed(write_json(document, NOW)) == document


@given(DOCUMENTS)
def test_csv_gives_again_what_was_written(document: Document) -> None:
    text = write_csv(document)
    assert parse_csv(text) == parse_csv("\ufeff" + text) == Document(document.services)


@given(DOCUMENTS)
def test_no_cell_that_is_written_is_a_formula(document: Document) -> None:
    for row in csv.reader(io.StringIO(write_csv(document), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text())
def test_no_text_makes_a_parser_fail(text: str) -> None:
    for parse in (parsed, parse_json, parse_csv, parse_api_list):
        assert isinstance(parse(text), Document)


@given(DOCUMENTS, st.data())
def test_a_part_of_a_document_is_an_error_and_no_crash(document: Document, data: Any) -> None:
    text = write_json(document, NOW).rstrip()
    cut = data.draw(st.integers(1, len(text) - 1))
    assert parse_json(text[:cut]).errors


def test_what_is_not_told_is_none() -> None:
    (service,) = parse_json(board(services=[{"name": " Chat "}])).services
    assert service == ExchangeService("Chat")
    assert service.line == 6
    (service,) = parse_csv("name,status,note\nChat,,\n").services
    assert service == ExchangeService("Chat", note="")


def test_json_errors_have_the_line_of_their_item() -> None:
    text = (
        '{"format": "izzitup-board",\n'
        ' "version": 1,\n'
        ' "colour": "red",\n'
        ' "groups": ["Core", "core",\n'
        "  3],\n"
        ' "exported": "yesterday",\n'
        ' "services": [\n'
        '  {"name": "Chat", "key": "CHAT"}, {"name": ""},\n'
        '  {\n   "name": "Mail",\n   "status": 8, "hidden": 1},\n'
        '  {"name": "Other", "key": "chat", "owner": "bob"},\n'
        '  {"name": "Third", "key": "chat"},\n'
        '  7, {"key": "x"}]}'
    )
    document = parse_json(text)
    assert where(document) == [
        (3, "colour"), (4, "groups"), (5, "groups"), (6, "exported"), (8, "name"),
        (9, "status"), (9, "hidden"), (12, "owner"), (13, "key"), (14, "services"), (14, "name"),
    ]  # fmt: skip
    assert str(document.errors[8]) == "line 13, key: The key chat is also that of line 8."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"format": "izzitup-board",\n "version": 1,\n "services": [}', 3),
        ('{"format": "izzitup-board",\n\n"services" [] }', 3),
        ('{"format": "izzitup-board",\n "format": 1}', 2),
        ('{"services": [\n{"name": "a",\n"name": "b"}]}', 2),
        ('{"services": [\n{"status": NaN}]}', 2),
        ('{"services": [\n{"status": -Infinity}]}', 2),
        ('{"services": [\n{"status": ' + "9" * 5_000 + "}]}", 2),
        ('{"services": [\n' + "[" * 200_000, 2),
        ('{"services": []}\n\n!', 3),
        ('{"services": [],\n}', 2),
        ("[]", 1),
        ("", 1),
        ("\n\nnull", 3),
        ('{"services": [\n{"name": "a\nb"}]}', 2),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(text: str, line: int) -> None:
    document = parse_json(text)
    assert [error.line for error in document.errors] == [line]
    assert document.services == ()


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"format": "other"}, "format"),
        ({"version": 2, "new": 1}, "version"),
        ({"version": True}, "version"),
        ({"version": "1"}, "version"),
        ({"version": 0}, "version"),
        ({"services": {}}, "services"),
        ({"groups": "Core"}, "groups"),
        ({"groups": ["a\nb"]}, "groups"),
        ({"exported": 5}, "exported"),
    ],
)
def test_members_that_are_not_ours_are_refused(members: dict[str, Any], field: str) -> None:
    (error,) = parse_json(board(**members)).errors
    assert error.field == field


@pytest.mark.parametrize("name", ["format", "version", "services"])
def test_what_is_no_board_of_ours_is_refused(name: str) -> None:
    made = json.loads(board())
    del made[name]
    assert where(parse_json(json.dumps(made))) == [(1, name)]


@pytest.mark.parametrize(
    "values",
    [
        {"status": True}, {"status": 5.0}, {"status": "5"}, {"status": None}, {"hidden": 0},
        {"hidden": "no"}, {"stale_minutes": False}, {"stale_minutes": -1}, {"note": 5},
        {"key": ["a"]}, {"key": "12"}, {"url": "javascript:1"}, {"check_url": "file:///x"},
        {"name": "\ud800"}, {"group": "x" * 101}, {"curl": ""}, {"status": 10**30},
    ],
)  # fmt: skip
def test_values_of_another_kind_are_refused(values: dict[str, Any]) -> None:
    (error,) = parse_json(board(services=[{"name": "Chat", **values}])).errors
    assert (error.line, error.field) == (6, next(iter(values)))


def test_services_without_a_key_are_told_apart_by_their_group() -> None:
    chat = {"name": "Chat", "group": "A"}
    assert not parse_json(board(services=[chat, {**chat, "group": "B"}])).errors
    assert not parse_json(board(services=[chat, {**chat, "key": "CHAT"}])).errors
    (error,) = parse_json(board(services=[chat, {"name": "CHAT", "group": "a"}])).errors
    assert error.field == "name"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_may_be_split_by_any_of_the_usual_characters(delimiter: str) -> None:
    rows = [
        ["STATUS", " Name", '"help"', "hidden"],
        ["Impaired", "Chat", "https://help.example/a", "Yes"],
        ["7", "Mail", "", "0"],
    ]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert parse_csv(text) == Document(
        (
            ExchangeService("Chat", status=6, hidden=True, check_url="https://help.example/a"),
            ExchangeService("Mail", status=7, hidden=False, check_url=""),
        )
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_errors_have_the_line_their_row_begins_in(end: str) -> None:
    lines = [
        "name,note,status", "Chat,,5", "", 'Mail,"one', "two", 'three",broken', "Phones,,6,7",
        ",,", "x" * 201 + ",,", "CHAT,,",
    ]  # fmt: skip
    document = parse_csv(end.join(lines))
    assert where(document) == [(4, "status"), (7, ""), (9, "name"), (10, "name")]
    assert document.errors[0].reason == "This must be 5, 6 or 7."


def test_a_table_that_can_not_be_read_is_refused() -> None:
    assert where(parse_csv("")) == [(1, "name")]
    assert where(parse_csv("Chat,5\nMail,6\n")) == [(1, "name")]
    assert where(parse_csv("name,owner,name\nChat,bob,x\n")) == [(1, "owner"), (1, "name")]
    assert where(parse_csv('name\nChat\n"Mail\n\n')) == [(3, "")]
    assert where(parse_csv('name\n"Chat" x\n')) == [(2, "")]
    assert where(parse_csv("name\n" + "x" * 200_000)) == [(2, "")]


def test_a_formula_is_quoted_once_and_comes_back() -> None:
    names = ["=1+1", "'=1+1", "-x", "'quoted'", "@a", "+1"]
    document = Document(tuple(ExchangeService(name) for name in names))
    text = write_csv(document)
    assert [row.split(",")[1] for row in text.splitlines()[1:]] == [
        "'=1+1", "''=1+1", "'-x", "'quoted'", "'@a", "'+1",
    ]  # fmt: skip
    assert [service.name for service in parse_csv(text).services] == names


def api(*rows: Any, **members: Any) -> str:
    usual = {"uri": "/api/services", "request": None, "result": "Success", "message": ""}
    return json.dumps({**usual, "data": rows, **members})


ROW = {
    "id": "1", "name": "E-Mail", "key": "MAIL", "description": "d", "url": "https://mail.example/",
    "curl": "https://help.example/", "status": "6", "hidden": "0",
    "created": "2026-07-01 12:00:00", "updated": "2026-07-01 12:00:00",
}  # fmt: skip


def test_the_list_of_another_board_is_read() -> None:
    expected = ExchangeService(
        "E-Mail", "MAIL", description="d", url="https://mail.example/",
        check_url="https://help.example/", status=6, hidden=False,
    )  # fmt: skip
    assert parse_api_list(api(ROW)) == parsed(api(ROW)) == Document((expected,))
    assert parse_api_list(api({**ROW, "new": 1})).services == (expected,)
    assert parse_api_list(api()) == Document(())


def test_a_service_of_another_board_that_can_not_be_taken_is_named() -> None:
    (error,) = parse_api_list(api(ROW, {**ROW, "key": "B", "status": "8"})).errors
    assert error.field == "status"
    assert error.reason.startswith("E-Mail: ")
    for row in ({**ROW, "hidden": "2"}, {**ROW, "status": "five"}, {**ROW, "name": 1}, {}, 7):
        assert len(parse_api_list(api(row)).errors) == 1
    assert parse_api_list(api(ROW, ROW)).errors


def test_what_is_no_list_of_services_is_refused() -> None:
    for text in ("", "<html>", "{}", "[]", api(data={}), api(result="Error", message="No.")):
        assert parse_api_list(text).errors
    (error,) = parse_api_list(api(result="Error", message="Not now")).errors
    assert "Not now" in error.reason


def test_files_are_utf_8_and_of_a_size() -> None:
    assert decoded(b"\xef\xbb\xbfa\xc3\xbc") == "aü"
    with pytest.raises(Invalid, match="Line 3 is no UTF-8"):
        decoded("a\nb\nü".encode("latin-1"))
    with pytest.raises(Invalid, match="16 MiB"):
        decoded(b" " * (SIZE_MOST + 1))


def test_an_error_without_a_line_or_field_reads_well() -> None:
    error = LineError(0, "", "No.")
    assert str(error) == "No."
    assert str(replace(error, field="name")) == "name: No."


def test_a_header_of_very_many_columns_is_refused_by_its_first_ones() -> None:
    found = parse_csv("name," * 50_000 + "\n")
    assert len(found.errors) == 99


def rows_as(form: str, rows: list[dict[str, Any]]) -> Document:
    """A document of these services, read again."""
    if form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return parse_csv(out.getvalue())
    return parse_json(json.dumps({"format": "izzitup-board", "version": 1, "services": rows}))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_so_many_services_are_taken_and_one_more_is_refused(form: str) -> None:
    rows = [{"name": f"Service {number}"} for number in range(SERVICES_MOST + 1)]
    assert len(rows_as(form, rows[:-1]).services) == SERVICES_MOST
    (error,) = rows_as(form, rows).errors
    assert "more than 20000" in error.reason
    assert "Split" in error.reason


@pytest.mark.parametrize("form", ["csv", "json"])
def test_so_many_errors_are_collected_and_that_there_are_more_is_said(form: str) -> None:
    wrong = [{"name": "", "status": 99}] * (ERRORS_MOST + 500)
    document = rows_as(form, wrong)
    assert len(document.errors) == ERRORS_MOST
    assert document.more_errors
    assert not rows_as(form, wrong[:10]).more_errors
