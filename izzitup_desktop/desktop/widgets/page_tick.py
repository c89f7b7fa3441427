"""The tick beside a comment: whether everybody may read it on the status page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from izzitup_desktop.desktop.widgets.comment_line import Comments
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.domain.comments import Comment


class PageTick(QCheckBox):
    """Off at first, and where nothing that is said is on the page: its tip says why.

    `wordy` has that in its text, too, where there is room for it.
    """

    def __init__(self, comments: Comments, *, wordy: bool = False) -> None:
        super().__init__()
        self._comments, self._wordy = comments, wordy
        self._permitted = True
        # No lambda: Qt takes back a method of what it deletes.
        comments.page_changed.connect(self._follow)
        self._follow()

    def permit(self, *, may: bool) -> None:
        """Whether who acts may say anything at all."""
        self._permitted = may
        self._follow()

    def said(self, text: str) -> Comment:
        """What was typed, for whom it is meant."""
        return Comment(text, is_public=self.isChecked())

    def _follow(self) -> None:
        reason = self._comments.off_page
        self.setEnabled(self._permitted and not reason)
        if reason:
            self.setChecked(False)
        told = reason or _tr("Everybody who looks at the status page can read this comment.")
        self.setToolTip(tooltip(told))
        self.setAccessibleDescription(told)
        if not self._wordy:
            self.setText(_tr("On the page"))
        elif reason:
            self.setText(filled(_tr("On the &page (%1)"), reason.rstrip(".")))
        else:
            self.setText(_tr("On the &page: everybody can read the comment there"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("page", text)
