"""Header blocks: what is taken is read as h11 reads it, and nothing else is taken."""

from __future__ import annotations

import h11
import pytest
from hypothesis import example, given, strategies as st

from izzitup_desktop.server.http_head import Head, Malformed, end_of_block, parse
from izzitup_desktop.server.limits import Limits

LIMITS = Limits()
HOST = "Host: a\r\n"

NAMES = st.sampled_from(
    ["Host", "Content-Length", "content-length", "Transfer-Encoding", "Connection", "Expect", "X",
     "X-Long-Name", "", " X", "X ", "X:Y", "ü", "\tX"]
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        ["a", "5", "05", "0", "5, 5", "+5", "", " ", "\t5 ", "chunked", "Chunked", "x, chunked",
         "close", "Close, x", "x,close", "closed", "100-continue", "100-Continue, x", "a\tb", "a b",
         "\x01", "\x0b", "\x7f", "a\0", "é", "a\rb", "a\nb", "9" * 20, "9" * 21]
    ),
    st.text(max_size=5),
)  # fmt: skip
LINES = st.one_of(
    st.sampled_from(
        ["GET / HTTP/1.1", "POST /x HTTP/1.0", "G!T * HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.2",
         "GET / HTTP/2.0", "get /\x7f HTTP/1.1", "GET  / HTTP/1.1", " GET / HTTP/1.1", "GET /", ""]
    ),
    st.text(max_size=20),
)  # fmt: skip
ENDS = st.sampled_from(["\r\n"] * 12 + ["\n", "\r", "\r\r\n", "\n\r\n", "\r\n ", "\r\n\t"])


@st.composite
def blocks(draw: st.DrawFn) -> bytes:
    """Header blocks, sound ones among them."""
    fields = [f"{draw(NAMES)}:{draw(VALUES)}" for _ in range(draw(st.integers(0, 4)))]
    if draw(st.booleans()):
        fields.insert(draw(st.integers(0, len(fields))), "Host: a")
    return "".join(line + draw(ENDS) for line in [draw(LINES), *fields, ""]).encode("utf-8")


def taken(block: bytes) -> Head | None:
    try:
        return parse(block, LIMITS)
    except Malformed:
        return None


@given(blocks())
@example(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
@example(
    b"POST / HTTP/1.0\r\nhost:a\r\nTransfer-Encoding: \tCHUNKED \r\nConnection: x ,CLOSE\r\n\r\n"
)
@example(b"POST / HTTP/1.1\r\nhost:\r\nContent-Length: 007\r\nExpect: a, 100-Continue\r\n\r\n")
def test_what_is_taken_is_read_as_h11_reads_it(block: bytes) -> None:
    head = taken(block)
    if head is None:
        return
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(block)
    read = connection.next_event()
    assert isinstance(read, h11.Request)
    assert (head.method.encode(), head.target) == (read.method, read.target)
    assert head.version.encode() == read.http_version
    values = {b"transfer-encoding": bytes.lower}
    assert [(n, values.get(n, bytes)(v)) for n, v in head.headers] == list(read.headers)
    assert head.expects is connection.they_are_waiting_for_100_continue
    connection.send(h11.Response(status_code=204, headers=[]))
    connection.send(h11.EndOfMessage())
    assert head.is_last is (connection.our_state is h11.MUST_CLOSE)
    told = dict(read.headers)
    length = None if b"transfer-encoding" in told else int(told.get(b"content-length", b"0"))
    assert head.length == length


@pytest.mark.parametrize(
    ("block", "status"),
    [
        ("GET / HTTP/1.1\r\n\r\n", 421),
        ("GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n", 421),
        ("GET / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n" * 2 + "\r\n", 501),
        ("GET / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n\r\n", 501),
        ("GET / HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n" + HOST + "Content-Length: " + "9" * 21 + "\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n" + HOST + "Content-Length: ²\r\n\r\n", 400),
        ("GET /" + "x" * 2_048 + " HTTP/1.1\r\n" + HOST + "\r\n", 414),
        ("GET /" + "x" * 2_048 + " HTTP/1.1\r\n" + HOST + "no colon\r\n\r\n", 414),
        ("GET / HTTP/1.1\r\n" + HOST + "X: y\r\n" * 64 + "\r\n", 431),
        ("GET / HTTP/1.1\r\n" + HOST + "X: " + "y" * 16_384 + "\r\n\r\n", 431),
        ("GET / HTTP/1.1\r\n" + HOST + "X: y\r\n z\r\n\r\n", 400),
        ("GET / HTTP/1.1\n" + HOST + "\r\n", 400),
        ("GET / HTTP/1.1\r\nX: y\n" + HOST + "\r\n", 400),
        ("GET / HTTP/1.1\r\n" + HOST + "X : y\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET / HTTP/2.0\r\n" + HOST + "\r\n", 400),
        ("\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n", 400),
    ],
)  # fmt: skip
def test_what_is_refused_has_the_status_of_its_first_fault(block: str, status: int) -> None:
    with pytest.raises(Malformed) as raised:
        parse(block.encode(), LIMITS)
    assert raised.value.status == status


def test_a_block_ends_at_its_blank_line_however_its_lines_end() -> None:
    assert end_of_block(bytearray(b"GET / HTTP/1.1\r\nHost: a\r\n"), 0) == -1
    for blank in (b"\r\n\r\n", b"\n\r\n", b"\n\n"):
        assert end_of_block(bytearray(b"GET /" + blank + b"x"), 0) == 5 + len(blank)
