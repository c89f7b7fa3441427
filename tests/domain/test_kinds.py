"""Kinds of journal entries, and what the concepts of this version say of theirs."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from izzitup_desktop.board.concepts import BoardConcept, Concepts
from izzitup_desktop.board.reversals import CONCEPTS as BOARD_CONCEPTS
from izzitup_desktop.domain import kinds
from izzitup_desktop.domain.accounts import Action, Origin
from izzitup_desktop.domain.concepts import Concept, KindSpec, Vocabulary
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds import CONCEPTS, VOCABULARY
from izzitup_desktop.domain.kinds.services import SERVICE_EDITED, SERVICES
from izzitup_desktop.domain.messages import Message

ROOT = Path(__file__).parents[2]


def constants() -> dict[str, Kind]:
    """Every kind that a module of concepts has a name for."""
    modules = [
        importlib.import_module(f"{kinds.__name__}.{found.name}")
        for found in pkgutil.iter_modules(kinds.__path__)
    ]
    return {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Kind)
    }


def test_a_kind_is_its_name_and_tells_what_it_is_about() -> None:
    kind = Kind("event.comment")
    assert (kind, kind.subject, kind.value) == ("event.comment", "event", "event.comment")
    assert type(kind.value) is str
    assert {Kind("event.comment"): 1}[kind] == 1
    assert Kind("nonsense").subject == "nonsense"


@pytest.mark.parametrize("name", ["", "a.\nb", "k" * 65, None, 5, b"service.added"])
def test_what_can_be_no_name_is_no_kind(name: object) -> None:
    with pytest.raises(ValueError, match="is no name"):
        Kind(name)


def test_every_kind_is_of_one_concept() -> None:
    assert set(constants().values()) == set(VOCABULARY.specs)
    twice = Concept("again", SERVICES.kinds)
    with pytest.raises(ValueError, match=r"service\.added"):
        Vocabulary((*CONCEPTS, twice))


def test_the_board_knows_the_same_concepts_in_the_same_order() -> None:
    assert Concepts(BOARD_CONCEPTS).vocabulary.concepts == CONCEPTS


def test_a_step_without_its_reversal_is_refused_and_a_reversal_without_its_step() -> None:
    with pytest.raises(ValueError, match=r"service\.moved"):
        BoardConcept(SERVICES)
    plain = Concept("event", (KindSpec(Kind("event.comment"), "commented on"),))
    with pytest.raises(ValueError, match=r"event\.comment"):
        BoardConcept(plain, {Kind("event.comment"): lambda *_: None})


def test_what_people_read_of_a_kind_is_a_message() -> None:
    for concept in CONCEPTS:
        assert isinstance(concept.title, Message) or not concept.title
        for spec in concept.kinds:
            assert isinstance(spec.word, Message), spec.kind


def test_nothing_about_accounts_is_public() -> None:
    for concept in CONCEPTS:
        if concept.read_by is not Action.JOURNAL_READ:
            assert not [spec.kind for spec in concept.kinds if spec.public or spec.notifies]
    assert VOCABULARY.kinds(lambda spec: spec.public) == {"service.status"}


def test_what_has_no_effect_can_not_be_taken_back() -> None:
    for spec in VOCABULARY.specs.values():
        assert spec.has_effect or spec.step is None, spec.kind


def test_an_edit_of_thousands_of_fields_is_said_in_short() -> None:
    names = [f"field{number}" for number in range(5_000)]
    entry = Entry(
        1, datetime.now(UTC), "zoe", None, Origin.API, SERVICE_EDITED, 1, "Mail",
        {}, dict.fromkeys(names, ""), "",
    )  # fmt: skip
    first = ", ".join(names[:12])
    assert VOCABULARY.what_happened(entry) == f"Mail: edited ({first}, …)"


@pytest.mark.soak
def test_no_kind_is_compared_by_identity() -> None:
    """Two texts that are equal need not be the same object."""
    names = constants().keys()
    found = []
    for folder in ("izzitup_desktop", "tests", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Compare):
                    continue
                sides = [node.left, *node.comparators]
                if any(isinstance(one, ast.Is | ast.IsNot) for one in node.ops) and any(
                    (isinstance(side, ast.Name) and side.id in names)
                    or (isinstance(side, ast.Attribute) and side.attr in names)
                    for side in sides
                ):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not found
