"""`izzitup upgrade`: a shared database for a newer IzzitUp, said before it is done."""

from __future__ import annotations

import click

from izzitup_desktop.cli.context import CliContext
from izzitup_desktop.domain.messages import msg


@click.command()
@click.option("--yes", is_flag=True, help="Do it.")
@click.pass_obj
def upgrade(desk: CliContext, *, yes: bool) -> None:
    """Say what an upgrade of the database does to other desks; --yes does it.

    A database file is upgraded when it is opened; a shared one only by this.
    """
    from izzitup_desktop import application  # brings the database, which --help does not need

    plan = application.upgrade_plan(desk.paths, desk.settings, database=desk.database)
    where, version, known = plan.location, plan.version, plan.known
    if not plan.is_needed:
        desk.tell(msg("%1 is of version %2, which this IzzitUp uses.", where, version))
        return
    desk.tell(msg("%1 is of version %2; this IzzitUp uses %3.", where, version, known))
    for step in plan.steps:
        desk.tell(f"  - {desk.catalogue.found(step) or step}")
    if plan.is_shared:
        desk.tell(msg("Sessions of IzzitUp that are connected now: %1.", plan.sessions))
        desk.tell(
            msg("Desks with an older IzzitUp stop changing the board until they are updated.")
        )
    if not yes:
        desk.tell(msg("Nothing was changed. Do it with: izzitup upgrade --yes"))
        return
    saved = application.upgrade(desk.paths, desk.settings, database=desk.database)
    if saved is None:
        desk.tell(msg("Another desk upgraded it to version %1 meanwhile.", known))
        return
    desk.tell(msg("Upgraded to version %1; what was there before is in %2", known, saved))
