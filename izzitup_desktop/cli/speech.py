"""What click says, in the user's language: its own texts and the helps of our commands."""

from __future__ import annotations

import copy
import gettext
import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import click

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.text.catalogue import DOMAIN, Catalogue, folder
from izzitup_desktop.text.languages import ENGLISH

_PLACES = (msg("[OPTIONS]"), msg("COMMAND [ARGS]..."), msg("[COMMAND] [ARGS]..."))
"""What click has in lines of usage, and translates nowhere."""

_LANGUAGE_VARIABLE = "LANGUAGE"


def spoken(command: click.Command, catalogue: Catalogue) -> click.Command:
    """The command with its helps in the catalogue's language; names and options stay."""
    if catalogue.language == ENGLISH:
        return command
    made = copy.copy(command)
    made.help = _found(made.help, catalogue)
    made.options_metavar = _found(made.options_metavar, catalogue)
    made.params = [copy.copy(param) for param in made.params]
    for param in made.params:
        param.help = _found(param.help, catalogue)
    if isinstance(made, click.Group) and isinstance(command, click.Group):
        made.subcommand_metavar = _found(made.subcommand_metavar, catalogue) or ""
        # A group may load its commands when they are asked for: then they are spoken, too.
        vars(made)["get_command"] = partial(_command_of, command, catalogue)
    return made


def _command_of(
    group: click.Group, catalogue: Catalogue, context: click.Context, name: str
) -> click.Command | None:
    found = group.get_command(context, name)
    return found and spoken(found, catalogue)


@contextmanager
def clicks_own_texts(catalogue: Catalogue) -> Iterator[None]:
    """Let click, which asks gettext, find its own texts in our catalogue."""
    if catalogue.language == ENGLISH:
        yield
        return
    before, language = gettext.textdomain(), os.environ.get(_LANGUAGE_VARIABLE)
    gettext.bindtextdomain(DOMAIN, str(folder()))
    gettext.textdomain(DOMAIN)
    if gettext.find(DOMAIN, str(folder())) is None:
        # The environment speaks another language than the settings.
        os.environ[_LANGUAGE_VARIABLE] = catalogue.language
    try:
        yield
    finally:
        gettext.textdomain(before)
        os.environ.pop(_LANGUAGE_VARIABLE, None)
        if language is not None:
            os.environ[_LANGUAGE_VARIABLE] = language


def as_click_says(text: Message) -> str:
    """A sentence without values, for one of click's errors."""
    return gettext.gettext(text)


def _found(text: str | None, catalogue: Catalogue) -> str | None:
    if text is None:
        return None
    # A docstring comes as it is indented.
    clean = inspect.cleandoc(text)
    return catalogue.found(clean) or clean
