from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.server.mdns.records import BOARDS, Announced, believed, label

BOARD = Announced("Büro", ("192.0.2.7", "2001:db8::7"), 8475, 8476, "sha256:" + "0a" * 32, "1.0")


def told(board: Announced) -> dict[bytes, bytes | None]:
    return {key.encode(): value.encode() for key, value in board.texts.items()}


def test_what_is_announced_is_what_is_found() -> None:
    assert believed(f"x.{BOARDS}", BOARD.addresses, 8475, told(BOARD)) == BOARD
    assert BOARD.texts["path"] == "/"
    assert all(len(f"{key}={value}".encode()) <= 255 for key, value in BOARD.texts.items())


def test_it_is_reached_by_https_first_and_by_every_address() -> None:
    assert BOARD.urls == (
        "https://192.0.2.7:8476", "https://[2001:db8::7]:8476",
        "http://192.0.2.7:8475", "http://[2001:db8::7]:8475",
    )  # fmt: skip


def test_a_board_of_https_alone_is_not_taken_for_one_of_http() -> None:
    board = Announced("x", ("192.0.2.7",), 0, 8476)
    assert believed(f"x.{BOARDS}", board.addresses, 8476, told(board)) == board
    assert board.urls == ("https://192.0.2.7:8476",)


def test_one_that_says_nothing_of_itself_is_an_address_of_http() -> None:
    found = believed(f"Some board.{BOARDS}", ("192.0.2.7",), 8475, {})
    assert (found.name, found.urls) == ("Some board", ("http://192.0.2.7:8475",))


@pytest.mark.parametrize("port", ["", "0", "-1", "70000", "x", "٣", "9" * 5_000])
def test_a_port_that_is_none_is_not_believed(port: str) -> None:
    assert believed("x", (), 1, {b"https": port.encode()}).secure_port == 0


@pytest.mark.parametrize(
    "text", ["sha256:", "sha256:" + "0A" * 32, "sha256:" + "00" * 33, "x" * 80]
)
def test_a_fingerprint_that_is_none_is_not_believed(text: str) -> None:
    assert believed("x", (), 1, {b"fingerprint": text.encode()}).fingerprint == ""


@given(texts=st.dictionaries(st.sampled_from([b"name", b"http", b"https", b"version", b"fingerprint"]),
                             st.none() | st.binary(max_size=300)))  # fmt: skip
def test_whatever_is_announced_is_bounded(texts: dict[bytes, bytes | None]) -> None:
    found = believed("x" * 1_000, (), 8475, texts)
    assert len(found.name) <= 200 and len(found.version) <= 200
    assert 0 <= found.port <= 65_535 and 0 <= found.secure_port <= 65_535


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Board", "Board"), ("a\nb", "a b"), ("", "IzzitUp"), ("\x07", "IzzitUp"),
     ("ü" * 60, "ü" * 31), ("x" * 90, "x" * 63)],
)  # fmt: skip
def test_a_name_fits_into_a_label(name: str, shown: str) -> None:
    assert label(name) == shown
