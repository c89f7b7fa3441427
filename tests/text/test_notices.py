"""What a desk says of entries where nobody set it up otherwise."""

from __future__ import annotations

from datetime import UTC, datetime

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.kinds.services import SERVICE_EDITED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STALE, SERVICE_STATUS
from izzitup_desktop.text.notices import of_entries


def entry(number: int, kind: Kind = SERVICE_STATUS, *, before: int = 5, after: int = 7) -> Entry:
    return Entry(
        number, datetime.now(UTC), "bob", 2, Origin.API, kind, number, f"Service {number}",
        {"status": before}, {"status": after}, "the disk",
    )  # fmt: skip


def texts(*entries: Entry, groups: tuple[str, ...] = ()) -> list[str]:
    named = dict(enumerate(groups, 1))
    found = of_entries(entries, VOCABULARY, lambda service_id: named.get(service_id, ""))
    return [words.text for words in found]


def test_one_change_is_told_with_who_and_why() -> None:
    assert texts(entry(1)) == ["Service 1: Outage\nWas Operational. Set by bob.\nthe disk"]


def test_many_changes_are_one_notice_with_the_first_names() -> None:
    many = [*(entry(number) for number in range(1, 6)), entry(6, after=6), entry(7, before=6)]
    assert texts(*many) == [
        (
            "7 services changed: 6 Outage, 1 Impaired\n"
            "Service 1, Service 2, Service 3, Service 4, Service 5, and 2 more"
        )
    ]


def test_changes_in_one_group_name_it() -> None:
    told = texts(entry(1), entry(2), groups=("Core", "Core"))
    assert told == ["2 services changed in Core: 2 Outage\nService 1, Service 2"]
    assert texts(entry(1), entry(2), groups=("Core", "Web"))[0].startswith("2 services changed:")


def test_what_ends_where_it_began_is_no_news() -> None:
    assert texts(entry(1), entry(1, before=7, after=5)) == []


def test_what_no_desk_tells_by_itself_has_no_words() -> None:
    assert texts(entry(1, SERVICE_CONFIRMED), entry(2, SERVICE_EDITED), entry(3, after=8)) == []


def test_changes_and_each_kind_that_waits_are_a_notice_of_their_own() -> None:
    told = texts(entry(1), entry(2, SERVICE_STALE), entry(3, SERVICE_STALE))
    assert [text.partition("\n")[0] for text in told] == [
        "Service 1: Outage", "2 services are not confirmed",
    ]  # fmt: skip
