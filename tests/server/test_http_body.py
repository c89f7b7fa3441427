"""Bodies in pieces: what comes out of them, and where they end, however they arrive."""

from __future__ import annotations

import itertools

import h11
import pytest
from hypothesis import example, given, strategies as st

from izzitup_desktop.server.http_body import ChunkedBody, SizedBody
from izzitup_desktop.server.http_head import Malformed
from izzitup_desktop.server.limits import Limits

LIMITS = Limits()

SIZES = st.sampled_from(
    ["0", "1", "2", "a", "0A", "00", "3;x", '2;a="b"', "1 ", "2\t", "-1", "+1", "0x1", "g", ""]
)
ENDS = st.sampled_from([b"\r\n"] * 10 + [b"\n", b"\r", b"", b"\r\r\n"])
TAILS = st.sampled_from(
    [b"0\r\n\r\n"] * 6
    + [
        b"0\r\nA: b\r\n\r\n",
        b"0\r\nA : b\r\n\r\n",
        b"0\r\nA: b\n\r\n",
        b"0\r\n a\r\n\r\n",
        b"0",
        b"",
    ]
)


@st.composite
def chunked(draw: st.DrawFn) -> bytes:
    """Chunked bodies, sound ones among them, and the beginning of what follows."""
    parts = b""
    for _ in range(draw(st.integers(0, 3))):
        size = draw(SIZES)
        try:
            length = int(size.split(";")[0].strip(), 16)
        except ValueError:
            length = 1
        data = b"x" * max(0, length + draw(st.sampled_from([0] * 8 + [1, -1])))
        parts += size.encode() + draw(ENDS) + data + draw(ENDS)
    return parts + draw(TAILS) + b"GET / HTTP/1.1\r\n"


def in_pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    at = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(at)]


def read_by_h11(data: bytes) -> tuple[bytes, bytes] | None:
    """What h11 takes as the body, and what is left; None: refused, or not whole."""
    connection = h11.Connection(h11.SERVER)
    head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.receive_data(head + data)
    connection.next_event()
    taken = b""
    try:
        while isinstance(event := connection.next_event(), h11.Data):
            taken += bytes(event.data)
    except h11.RemoteProtocolError:
        return None
    return (taken, connection.trailing_data[0]) if isinstance(event, h11.EndOfMessage) else None


@given(chunked(), st.lists(st.integers(0, 200), max_size=6))
@example(b"1\r\nx\r\n0\r\n\r\nGET", [])
@example(b"2;a=b\r\nxx\r\n1\r\nx\r\n0\r\nA: b\r\n\r\nGET", [1, 4, 9, 17])
def test_a_chunked_body_is_read_as_h11_reads_it_in_whatever_pieces_it_comes(
    data: bytes, cuts: list[int]
) -> None:
    body, buffer, taken = ChunkedBody(LIMITS), bytearray(), b""
    try:
        for piece in in_pieces(data, cuts):
            buffer += piece
            if not body.is_whole:
                taken += body.take(buffer)
    except Malformed:
        return
    if body.is_whole:
        assert read_by_h11(data) == (taken, bytes(buffer))


@pytest.mark.parametrize("step", [1, 2, 3, 1_000])
def test_a_body_of_a_length_ends_there(step: int) -> None:
    body, buffer, taken = SizedBody(10), bytearray(), b""
    for at in range(0, 10, step):
        buffer += b"0123456789GET /"[at : at + step] if step < 1_000 else b"0123456789GET /"
        taken += body.take(buffer)
    assert (taken, body.is_whole) == (b"0123456789", True)
    assert b"GET /".startswith(bytes(buffer))


def refused(data: bytes) -> int:
    with pytest.raises(Malformed) as raised:
        ChunkedBody(LIMITS).take(bytearray(data))
    return raised.value.status


def test_the_limits_of_chunks_are_exact() -> None:
    crumbs = b"1\r\nx\r\n" * (LIMITS.chunks - 1) + b"0\r\n\r\n"
    body = ChunkedBody(LIMITS)
    assert body.take(bytearray(crumbs)) == b"x" * (LIMITS.chunks - 1)
    assert body.is_whole
    assert refused(b"1\r\nx\r\n" + crumbs) == 400
    longest = b"1;" + b"x" * (LIMITS.chunk_line_bytes - 4) + b"\r\n"
    assert ChunkedBody(LIMITS).take(bytearray(longest + b"y")) == b"y"
    assert refused(b"1;x" + longest[2:]) == 400
    assert refused(b"1;" + b"x" * LIMITS.chunk_line_bytes) == 400


@pytest.mark.parametrize("extension", [b"a\rb", b"\r", b"a\r\r"])
def test_no_line_of_a_chunk_has_another_end_within(extension: bytes) -> None:
    # A proxy in front may end the line there, and see other chunks than we do.
    assert refused(b"1;" + extension + b"\r\nx\r\n0\r\n\r\n") == 400


def test_trailers_are_bounded_and_sound() -> None:
    assert refused(b"0\r\n" + b"A: b\r\n" * (LIMITS.headers + 2) + b"\r\n") == 431
    assert refused(b"0\r\nA: " + b"b" * LIMITS.header_bytes) == 431
    assert refused(b"0\r\nA: b\r\n c\r\n\r\n") == 400
    assert refused(b"0\r\n\nGET / HTTP/1.1\r\n\r\n") == 400
