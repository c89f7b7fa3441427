"""What another board said in English is known again, and said in the user's language."""

from __future__ import annotations

import pytest

from izzitup_desktop.domain.errors import NotAllowed, NotFound
from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.recognised import recognised

GERMAN = Catalogue("de")


@pytest.mark.parametrize(
    "said",
    [
        NotFound("service", "MIAL").__str__(),
        NotAllowed("service.add", "bob").__str__(),
        msg("The key %1 is taken by %2. Choose another.", "MAIL", "a is taken by b. Choose"),
        msg("%1 must not be empty.", msg("Name")),
        msg("This group does not exist any more. Choose another."),
    ],
)
def test_a_sentence_of_ours_is_said_as_if_it_came_from_here(said: str) -> None:
    assert GERMAN.text(GERMAN.recognised(str(said))) == GERMAN.text(said) != said


def test_what_is_counted_is_counted_in_the_language() -> None:
    said = "The group Core still has %s. Move or delete them first."
    assert "noch 1 Dienst." in GERMAN.text(GERMAN.recognised(said % "1 service"))
    assert "noch 3 Dienste." in GERMAN.text(GERMAN.recognised(said % "3 services"))
    assert "noch 3 x." in GERMAN.text(GERMAN.recognised(said % "3 x"))


@pytest.mark.parametrize("said", ["", "x: y", "Nobody ever said this here.", "%1 %2", "a\nb"])
def test_what_is_none_of_ours_stays_as_it_is(said: str) -> None:
    assert GERMAN.text(GERMAN.recognised(said)) == said
    assert Catalogue().recognised("This is no token.") == "This is no token."


def test_the_pattern_that_says_most_is_taken_and_order_of_values_is_kept() -> None:
    patterns = ["%1 is %2 by %3 there.", "%1 is taken by %2 there.", "%2 has no use for %1."]
    found = recognised("MAIL is taken by X there.", patterns)
    assert isinstance(found, Message)
    assert (found.pattern, found.values) == (patterns[1], ("MAIL", "X"))
    found = recognised("B has no use for A.", patterns)
    assert isinstance(found, Message)
    assert (found.pattern, found.values) == (patterns[2], ("A", "B"))
