from __future__ import annotations

import hashlib
import re
import subprocess
import sys

from izzitup_desktop.platform.paths import resource
from izzitup_desktop.text.fingerprints import Fingerprint

ZEROS = Fingerprint("sha256:" + "00" * 32)
ONES = Fingerprint("sha256:" + "ff" * 32)


def test_the_text_is_the_digest_of_the_certificate_as_openssl_says_it() -> None:
    assert Fingerprint.of(b"der").text == "sha256:" + hashlib.sha256(b"der").hexdigest()
    assert str(ZEROS) == ZEROS.text


def test_eight_words_stand_for_the_first_88_bits() -> None:
    assert ZEROS.words() == ("abandon",) * 8
    assert ONES.words() == ("zoo",) * 8
    # 11 bits a word: 00000000001 then 00000000010.
    assert Fingerprint("sha256:0020" + "08" + "00" * 29).words()[:3] == (
        "ability", "able", "abandon",
    )  # fmt: skip
    assert Fingerprint("sha256:" + "00" * 11 + "ff" * 21).words() == ZEROS.words()
    assert Fingerprint("sha256:" + "00" * 10 + "01" + "00" * 21).words()[-1] == "ability"


def test_the_words_can_be_told_apart_by_their_first_four_letters() -> None:
    words = resource("fingerprint_words.txt").read_text("ascii").split()
    assert len({word[:4] for word in words}) == len(words) == 2_048
    assert all(re.fullmatch("[a-z]{3,8}", word) for word in words)


def test_the_code_is_an_svg_of_the_text() -> None:
    drawn = ONES.qr_svg()
    assert drawn.startswith(b"<?xml")
    assert ONES.text.encode() in drawn
    assert drawn != ZEROS.qr_svg()
    assert drawn == ONES.qr_svg()


def test_nobody_loads_what_draws_codes_who_draws_none() -> None:
    code = "import sys, izzitup_desktop.text.fingerprints; assert 'segno' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
