"""Where pages are that other formats lead to."""

from __future__ import annotations

from urllib.parse import quote

from izzitup_desktop.domain.public_board import Disruption, PublicService


def part_of(service: PublicService) -> str:
    """What names a service in a path."""
    return quote(service.reference, safe="")


def service_page(base: str, service: PublicService) -> str:
    """The address of a service's page."""
    return f"{base}/services/{part_of(service)}"


def disruption_page(base: str, disruption: Disruption) -> str:
    """The address of a disruption's page."""
    return f"{base}/events/{disruption.id}"
