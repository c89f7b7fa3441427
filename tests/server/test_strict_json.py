from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st

from izzitup_desktop.server import strict_json
from izzitup_desktop.server.strict_json import DEPTH_MOST, KEYS_MOST, PARTS_MOST, NotStrict
from tests.examples import share_of

FULL_BYTES = 64 * 1024

REFUSED = {
    "nothing": b"",
    "unended object": b"{",
    "wrong bracket": b"{]",
    "single quotes": b"'a'",
    "trailing comma": b'{"a": 1,}',
    "comment": b'{"a": 1} // b',
    "block comment": b"/* a */ {}",
    "two documents": b"{} {}",
    "raw control character": b'"a\x01b"',
    "raw line feed in a string": b'"a\nb"',
    "unquoted key": b"{a: 1}",
    "number key": b"{1: 1}",
    "leading zero": b"01",
    "plus sign": b"+1",
    "bare point": b".5",
    "hexadecimal": b"0x5",
    "python constant": b"None",
    "NaN": b'{"a": NaN}',
    "Infinity": b"Infinity",
    "minus Infinity": b"[-Infinity]",
    "beyond all bounds": b"1e400",
    "below all bounds": b"-1e400",
    "4,301 digits": b"1" * 4_301,
    "a key twice": b'{"status": 5, "status": 6}',
    "a key twice, once escaped": b'{"pwd": 1, "\\u0070wd": 2}',
    "a key twice, deep inside": b'[{"a": [{"b": 1, "b": 1}]}]',
    "high surrogate alone": b'"\\ud800"',
    "low surrogate alone": b'{"user": "\\udc00"}',
    "surrogate alone as a key": b'{"\\uD800": 1}',
    "surrogates the wrong way round": b'"\\udc00\\ud800"',
    "surrogate encoded": b'"\xed\xa0\x80"',
    "invalid UTF-8": b'"\xff"',
    "overlong": b'"\xc0\xaf"',
    "beyond Unicode": b'"\xf4\x90\x80\x80"',
    "cut UTF-8": b'"\xe2\x82',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "UTF-16 without a mark": '{"a": 1}'.encode("utf-16-le"),
    "UTF-32": '{"a": 1}'.encode("utf-32"),
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf{}",
    "half a byte order mark": b"\xef\xbb{}",
    "a byte order mark behind": b"{}\xef\xbb\xbf",
    "no-break space": b"\xc2\xa0{}",
    "form feed": b"\x0c{}",
    "NUL behind": b"{}\x00",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_strict_json_is_refused(name: str) -> None:
    with pytest.raises(NotStrict):
        strict_json.parse(REFUSED[name])


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"\xef\xbb\xbf{}", {}),
        (b" \r\n\t[1] \n", [1]),
        (b"null", None),
        (b"-0", 0),
        (b"1e3", 1000.0),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        ('"😀 № \u202e \uffff"'.encode(), "😀 № \u202e \uffff"),
        (b'"\\u0000"', "\x00"),
        (b'{"a": {"a": 1}, "A": 2}', {"a": {"a": 1}, "A": 2}),
        (b'{"__proto__": 1, "": 2}', {"__proto__": 1, "": 2}),
        (b"9223372036854775808", 2**63),
    ],
)
def test_what_is_strict_json_is_taken(body: bytes, value: Any) -> None:
    assert strict_json.parse(body) == value


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_the_depth_limit_is_exact(opening: bytes, closing: bytes) -> None:
    strict_json.parse(opening * DEPTH_MOST + b"1" + closing * DEPTH_MOST)
    with pytest.raises(NotStrict):
        strict_json.parse(opening * (DEPTH_MOST + 1) + b"1" + closing * (DEPTH_MOST + 1))


def test_depth_is_what_stands_open_not_how_many_brackets_there_are() -> None:
    assert len(strict_json.parse(b"[" + b"[],[[]]," * 300 + b"0]")) == 601


@pytest.mark.parametrize("unit", [b"[]", b"{}", b"1.5", b"-1e1"])
def test_the_limit_of_lists_objects_and_fractions_is_exact(unit: bytes) -> None:
    around = unit in (b"[]", b"{}")
    taken = b"[" + b",".join([unit] * (PARTS_MOST - around)) + b"]"
    assert len(strict_json.parse(taken)) == PARTS_MOST - around
    with pytest.raises(NotStrict):
        strict_json.parse(taken[:-1] + b"," + unit + b"]")


def test_strings_count_for_nothing_however_much_is_in_them() -> None:
    text = "[]{},1.5" * 5_000
    assert strict_json.parse(json.dumps([[[text]] * 20]).encode()) == [[[text]] * 20]


def test_brackets_inside_strings_do_not_nest() -> None:
    text = '[{"' * 50 + '\\" ]}' * 3
    assert strict_json.parse(json.dumps({text: [text, "\\"]}).encode()) == {text: [text, "\\"]}


def test_the_key_limit_is_exact_and_counts_the_whole_document() -> None:
    keys = {f"k{number}": number for number in range(KEYS_MOST)}
    assert strict_json.parse(json.dumps(keys).encode()) == keys
    assert strict_json.parse(json.dumps([{"k": 1}] * KEYS_MOST).encode())
    for too_many in ({**keys, "one more": 1}, [{"k": 1}] * (KEYS_MOST + 1)):
        with pytest.raises(NotStrict):
            strict_json.parse(json.dumps(too_many).encode())


@pytest.mark.parametrize("opening", [b"[" * 17, b"[" * 16, b'{"a":[' * 8, b"[]" * 9])
@pytest.mark.parametrize("unit", [b"[", b'{"a":', b'\\"', b'"', b"\\", b'"\\', b'",', b'["\\"",'])
def test_a_body_made_to_stall_the_parser_does_not(opening: bytes, unit: bytes) -> None:
    body = opening + b'"'
    body += unit * ((FULL_BYTES - len(body)) // len(unit))
    for whole in (body, body + b"\\", body[: len(opening)] + body[len(opening) + 1 :]):
        with pytest.raises(NotStrict):
            strict_json.parse(whole)


def test_a_number_of_all_the_bytes_there_may_be_does_not_stall() -> None:
    for body in (b"9" * FULL_BYTES, b"[-" + b"9" * 60_000 + b"]"):
        with pytest.raises(NotStrict):
            strict_json.parse(body)
    assert math.isclose(strict_json.parse(b"0." + b"9" * 65_000), 1.0)


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=share_of(500), deadline=None)
@given(_VALUES, st.booleans(), st.booleans())
def test_what_others_write_is_read_as_they_meant_it(
    value: Any, ascii_only: bool, bom: bool
) -> None:
    body = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert strict_json.parse(b"\xef\xbb\xbf" + body if bom else body) == value


_NOISE = st.lists(
    st.sampled_from(
        [b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b" ", b"a", b"1", b"-", b".", b"e9", b"NaN",
         b"null", b"true", b"\\ud800", b"\\udc00", b"\\u0041", b"\xed\xa0\x80", b"\xff", b"\xc3\xbc",
         b'"a":', b'"pwd":"x"', b"\xef\xbb\xbf", b"\x00", b"\n"]
    ),
    max_size=40,
).map(b"".join)  # fmt: skip


@settings(max_examples=share_of(1_500), deadline=None)
@given(_NOISE | st.binary(max_size=60))
@example(b'["\\ud83d\\ude00"]')
def test_anything_is_read_or_refused_and_what_is_read_can_be_sent_on(body: bytes) -> None:
    try:
        value = strict_json.parse(body)
    except NotStrict:
        return
    sent_on = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    assert strict_json.parse(sent_on) == value == json.loads(body.decode("utf-8-sig"))
