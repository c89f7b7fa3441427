"""The header block of a request, taken apart (RFC 9112, 2 to 6).

Where the RFC leaves a choice it is refused: bare line feeds, folded headers, anything
but ASCII, a length given twice or two ways, more or less than one Host. What a proxy in
front could read otherwise never gets as far as a handler.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from izzitup_desktop.server.limits import Limits

# Nothing is tried twice: what matches a possessive quantifier is not given back.
_TOKEN = rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]++"
_FIELDS = rb"((?:%b:[^\0\r\n\v\f\x80-\xff]*+\r\n)*+)\r\n" % _TOKEN
_REQUEST = re.compile(rb"(%b) ([\x21-\x7e]++) HTTP/1\.([01])\r\n%b" % (_TOKEN, _FIELDS))
_TRAILERS = re.compile(_FIELDS)
_FIELD = re.compile(rb"([^:\r\n]++):([^\r\n]*+)\r\n")
_BLANK_LINE = re.compile(rb"\n\r?\n")

_LENGTH = re.compile(rb"^content-length\s*:[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_ENCODING = re.compile(rb"^transfer-encoding\s*:", re.IGNORECASE | re.MULTILINE)
_HOST = re.compile(rb"^host\s*:", re.IGNORECASE | re.MULTILINE)

_LENGTH_DIGITS_MOST = 20
_PATH_LOOKED_AT = 200


class Malformed(Exception):
    """What came is no request that is taken here; `status` is the answer's.

    `path` is what was asked for, as far as that can be told: the answer's shape goes by it.
    """

    def __init__(self, status: int, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.path = path


@dataclass(slots=True)
class Head:
    """A request before its body: names of headers in lower case, in the order sent.

    `length` is that of the body in bytes, None where it comes in chunks. `is_last`:
    the connection ends with the answer. `expects`: the client waits for "100 Continue"
    before it sends the body.
    """

    method: str
    target: bytes
    version: str
    headers: list[tuple[bytes, bytes]]
    length: int | None = 0
    is_last: bool = False
    expects: bool = False


def end_of_block(data: bytearray, start: int) -> int:
    """Where the block ends whose blank line is sought from `start` on; -1: not yet."""
    found = _BLANK_LINE.search(data, start)
    return found.end() if found is not None else -1


def parse(block: bytes, limits: Limits) -> Head:
    """The head of a request. Raises `Malformed`."""
    try:
        return _parsed(block, limits)
    except Malformed as malformed:
        malformed.path = path_in(block)
        raise


def path_in(block: bytes | bytearray) -> str:
    """The path that a block asks for, or how it begins; "" where none can be told."""
    words = bytes(block[:_PATH_LOOKED_AT]).partition(b"\r\n")[0].split(b" ", 2)
    return words[1].partition(b"?")[0].decode("latin-1") if len(words) > 1 else ""


def _parsed(block: bytes, limits: Limits) -> Head:
    found = _REQUEST.fullmatch(block)
    if found is None:
        raise _refusal(block, limits)
    method, target, minor, fields = found.groups()
    headers = [(name.lower(), value.strip(b" \t")) for name, value in _FIELD.findall(fields)]
    if len(block) > limits.header_bytes or len(headers) > limits.headers:
        raise Malformed(431, "the headers are too large, or too many")
    if len(target) > limits.target_bytes:
        raise Malformed(414, "the path is too long")
    version = "1.1" if minor == b"1" else "1.0"
    head = Head(method.decode("ascii"), target, version, headers, is_last=version == "1.0")
    _note(head)
    return head


def check_trailers(block: bytes, limits: Limits) -> None:
    """Raise `Malformed` unless these are lines that may follow the last chunk."""
    refusal = _unsound(block, limits)
    if refusal is not None:
        raise refusal
    if _TRAILERS.fullmatch(block) is None:
        raise Malformed(400, "a trailer is no header line")


def _note(head: Head) -> None:
    """Put into `head` what its headers say of it. Raises `Malformed`."""
    lengths: list[bytes] = []
    encodings: list[bytes] = []
    hosts = 0
    for name, value in head.headers:
        if name == b"host":
            hosts += 1
        elif name == b"content-length":
            lengths.append(value)
        elif name == b"transfer-encoding":
            encodings.append(value)
        elif name == b"connection":
            head.is_last = head.is_last or b"close" in _items(value)
        elif name == b"expect":
            head.expects = head.expects or b"100-continue" in _items(value)
    if len(lengths) > 1 or (lengths and (encodings or b"," in lengths[0])):
        raise Malformed(400, "the length is given twice")
    if hosts != 1:
        raise Malformed(421, "there is not one Host")
    if encodings:
        if len(encodings) > 1 or encodings[0].lower() != b"chunked":
            raise Malformed(501, "only the transfer encoding chunked is supported")
        head.length = None
    elif lengths:
        if not lengths[0].isdigit() or len(lengths[0]) > _LENGTH_DIGITS_MOST:
            raise Malformed(400, "the length is no number")
        head.length = int(lengths[0])
    # RFC 9110, 10.1.1: of HTTP/1.0 clients nobody waits for it.
    head.expects = head.expects and head.version == "1.1"


def _items(value: bytes) -> list[bytes]:
    return [item.strip() for item in value.lower().split(b",")]


def _unsound(block: bytes, limits: Limits) -> Malformed | None:
    """What no header block may have in it, whatever its lines say."""
    if block.count(b"\n") != block.count(b"\r\n") or block.count(b"\r") != block.count(b"\r\n"):
        return Malformed(400, "a line ends otherwise than by CR LF")
    if b"\n " in block or b"\n\t" in block:
        return Malformed(400, "a header is folded")
    if not block.isascii() or b"\0" in block:
        return Malformed(400, "a header is no ASCII text")
    if len(block) > limits.header_bytes:
        return Malformed(431, "the headers are too large")
    if block.count(b"\r\n") - 2 > limits.headers:
        return Malformed(431, "there are too many headers")
    return None


def _refusal(block: bytes, limits: Limits) -> Malformed:
    """Why a block is no request: the first reason, in this order."""
    if block.startswith((b"\r", b"\n")):
        return Malformed(400, "there is no request line")
    unsound = _unsound(block, limits)
    if unsound is not None:
        return unsound
    parts = block.split(b"\r\n", 1)[0].split(b" ")
    if parts[-1] not in (b"HTTP/1.1", b"HTTP/1.0"):
        return Malformed(400, "this is not HTTP/1")
    if len(parts) > 1 and len(parts[1]) > limits.target_bytes:
        return Malformed(414, "the path is too long")
    lengths = _LENGTH.findall(block)
    twice = len(lengths) > 1 or any(b"," in line for line in lengths)
    if twice or (lengths and _ENCODING.search(block)):
        return Malformed(400, "the length is given twice")
    if len(_HOST.findall(block)) != 1:
        return Malformed(421, "there is not one Host")
    return Malformed(400, "a line is no request line and no header")
