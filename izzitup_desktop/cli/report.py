"""`izzitup report`: history and uptime of a span of time, as HTML or CSV."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from izzitup_desktop.cli.context import CliContext, operator
from izzitup_desktop.cli.parameters import SOURCE
from izzitup_desktop.cli.streams import write_bytes
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

_FORMATS = ("html", "csv", "outages")
_STANDARD = "-"
_EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 (a local day)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("file", type=SOURCE)
@click.option("--from", "first", type=_DAY, metavar="DAY", help="The first day, as 2026-01-31.")
@click.option("--to", "last", type=_DAY, metavar="DAY", help="The last day; without it today.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else by FILE's extension.")
@click.pass_obj
def report(
    desk: CliContext,
    file: str,
    first: datetime | None,
    last: datetime | None,
    form: str | None,
) -> None:
    """Write the uptime report to FILE (- is standard output).

    Without --from it is of the last 30 days. html is for people; csv has the figures,
    outages each time in which a service was not operational. The window writes PDF, too.
    """
    form = form or _form_of(file)
    now = datetime.now(UTC)
    begin, end = _span(first, last, now)
    content = _content(desk, form, begin, end, now)
    if file == _STANDARD:
        write_bytes(content)
        return
    # The file's helpers load the storage's; a command that runs has loaded it already.
    from izzitup_desktop.platform.chosen import write_chosen_file

    write_chosen_file(Path(file).absolute(), content)
    desk.tell(msg("Report written to %1", file))


def _content(desk: CliContext, form: str, begin: datetime, end: datetime, now: datetime) -> bytes:
    # What a report is made of loads when one is written.
    from izzitup_desktop.domain.logo import read_logo
    from izzitup_desktop.report.contents import Asked, collect
    from izzitup_desktop.report.spreadsheet import figures_csv, outages_csv
    from izzitup_desktop.report.web_page import web_page
    from izzitup_desktop.report.wording import Wording

    logo = read_logo(desk.settings.board_logo) if form == "html" else None
    no_group = desk.catalogue.text(msg("No group"))
    asked = Asked(begin, end, no_group, desk.settings.board_name, logo)
    with desk.opened() as running:
        found = collect(running.board, operator(), asked, now)
    match form:
        case "html":
            return web_page(found, Wording(desk.catalogue)).encode()
        case "csv":
            return figures_csv(found).encode()
        case _:
            return outages_csv(found).encode()


def _form_of(file: str) -> str:
    form = Path(file).suffix.lower().removeprefix(".")
    if form in ("html", "csv"):
        return form
    raise Invalid("format", msg("Name a file that ends in .html or .csv, or give --format."))


def _span(
    first: datetime | None, last: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    """From the first day's midnight to the end of the last, or to now. Raises `Invalid`."""
    today = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if max(first or today, last or today) > today:
        raise Invalid("from", msg("The days are in the future: nothing happened yet."))
    if first is None:
        first = (last or today) - timedelta(days=29 if last else 30)
    # Before that no board was kept, and zones are odd.
    begin = max(first, _EARLIEST).astimezone(UTC)
    end = min(now, ((last or today) + timedelta(days=1)).astimezone(UTC))
    if begin >= end:
        raise Invalid("from", msg("The end is before the beginning."))
    return begin, end
