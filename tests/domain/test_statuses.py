import pytest

from izzitup_desktop.domain.statuses import SETTABLE, STATUSES, StatusId, severity, worst


def test_the_ids_are_those_of_the_contract() -> None:
    assert [(status.id, status.name) for status in STATUSES] == [
        (1, "To Do"), (2, "Scheduled"), (3, "In Progress"), (4, "Done"),
        (5, "Operational"), (6, "Impaired"), (7, "Outage"), (8, "Closed"),
    ]  # fmt: skip


def test_settable_is_what_services_have_but_closed() -> None:
    assert list(SETTABLE) == [s.id for s in STATUSES if s.for_services and not s.for_events]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [([], 5), ([5, 5], 5), ([5, 6, 5], 6), ([6, 7, 5], 7), ([8], 5)],
)
def test_the_worst_of_some_statuses(statuses: list[int], expected: int) -> None:
    assert worst(statuses) == StatusId(expected)
    assert severity(worst(statuses)) == max(map(severity, statuses), default=0)
