"""`izzitup upgrade`: a shared database for a newer IzzitUp, said before it is done."""

from __future__ import annotations

import click

from izzitup_desktop.cli.desk import Desk, one_line


@click.command()
@click.option("--yes", is_flag=True, help="Do it.")
@click.pass_obj
def upgrade(desk: Desk, *, yes: bool) -> None:
    """Say what an upgrade of the database does to other desks; --yes does it.

    A database file is upgraded when it is opened; a shared one only by this.
    """
    from izzitup_desktop import application  # brings the database, which --help does not need

    plan = application.upgrade_plan(desk.paths, desk.settings, database=desk.database)
    where = one_line(plan.location)
    if not plan.is_needed:
        click.echo(f"{where} is of version {plan.version}, which this IzzitUp uses.")
        return
    click.echo(f"{where} is of version {plan.version}; this IzzitUp uses {plan.known}.")
    for step in plan.steps:
        click.echo(f"  - {one_line(step)}")
    if plan.is_shared:
        click.echo(f"Sessions of IzzitUp that are connected now: {plan.sessions}.")
        click.echo("Desks with an older IzzitUp stop changing the board until they are updated.")
    if not yes:
        click.echo("Nothing was changed. Do it with: izzitup upgrade --yes")
        return
    saved = application.upgrade(desk.paths, desk.settings, database=desk.database)
    if saved is None:
        click.echo(f"Another desk upgraded it to version {plan.known} meanwhile.")
        return
    click.echo(f"Upgraded to version {plan.known}; what was there before is in {saved}")
