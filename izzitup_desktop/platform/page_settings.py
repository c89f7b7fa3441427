"""Settings of the page that everybody sees."""

from __future__ import annotations

from dataclasses import dataclass

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PageChoices
from izzitup_desktop.platform import setting_values as values
from izzitup_desktop.platform.setting_table import setting


@dataclass(frozen=True, slots=True)
class PageSettings:
    """What the page shows, and to whom."""

    page: bool = setting(
        True,
        msg("Status page"),
        description="Show everybody who asks the board as a page, while it is served.",
        check=values.flag,
    )
    page_title: str = setting(
        "",
        msg("Title of the page"),
        description="What the page is called; empty is the name of the board.",
        check=values.line,
    )
    page_text: str = setting(
        "",
        msg("Text of the page"),
        description="What stands below the title: whom to call, and where.",
        check=values.lines,
    )
    page_logo: str = setting(
        "",
        msg("Logo of the page"),
        description="A file (PNG or JPEG) with the page's picture; empty is the board's.",
        check=values.line,
    )
    page_without_groups: tuple[int, ...] = setting(
        (),
        msg("Groups not on the page"),
        description="Groups, by their numbers (0: none), whose services the page leaves out.",
        check=values.several(values.whole(0, 2**53)),
    )
    page_without_services: tuple[int, ...] = setting(
        (),
        msg("Services not on the page"),
        description="Services, by their numbers, that the page leaves out.",
        check=values.several(values.whole(1, 2**53)),
    )
    page_days: int = setting(
        90,
        msg("Days of strips"),
        description="How many days the strips of the page show.",
        check=values.whole(7, 365),
    )
    page_past_days: int = setting(
        14,
        msg("Past days"),
        description="For how many days the page lists what is over.",
        check=values.whole(0, 90),
    )
    page_comments: bool = setting(
        True,
        msg("Comments on the page"),
        description="Show comments that were meant for the page.",
        check=values.flag,
    )
    page_people: bool = setting(
        False,
        msg("People on the page"),
        description="Show on the page who set a status.",
        check=values.flag,
    )
    page_origins: tuple[str, ...] = setting(
        (),
        msg("Sites that may show our status"),
        description="Origins, as https://wiki.example, whose pages may read and frame the page.",
        check=values.several(values.origin),
    )
    page_address: str = setting(
        "",
        msg("Address of the page"),
        description="Where people reach it, as https://status.example; empty is where they ask.",
        check=values.base_address,
    )

    def page_choices(self, title: str, logo: str) -> PageChoices:
        """What the page shows, as the board takes it; `title` and `logo` where it has none."""
        return PageChoices(
            is_on=self.page,
            title=self.page_title or title,
            text=self.page_text,
            logo=self.page_logo or logo,
            without_groups=frozenset(self.page_without_groups),
            without_services=frozenset(self.page_without_services),
            days=self.page_days,
            past_days=self.page_past_days,
            comments=self.page_comments,
            people=self.page_people,
            origins=self.page_origins,
            address=self.page_address,
        )
