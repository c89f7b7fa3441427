"""The few places where Fusion's own drawing needs help: one short style sheet."""

from __future__ import annotations

from string import Template

from izzitup_desktop.desktop.theme.colours import Colours
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform.paths import resource

_SHEET = Template("""
QToolTip { color: $on_tooltip; background: $tooltip; border: 1px solid $border; padding: 4px 6px; }
QTableView { border: 1px solid $border; border-radius: 6px; background: $base;
    gridline-color: transparent; }
QTableView:focus { border-color: $accent; }
QTableView#list { outline: none; }
QTableView#list::item { padding: 0 6px; border: none; color: $text; }
QTableView#list::item:selected { background: $selection; color: $on_selection; }
QTableView#list::item:hover:!selected { background: $hover; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QHeaderView { background: $base; border: none; }
QHeaderView::section { background: $base; color: $muted; border: none;
    border-bottom: 1px solid $border; padding: 7px 8px; }
QHeaderView::section:hover { background: $hover; color: $text; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox { border: 1px solid $strong_border;
    border-radius: 5px; background: $base; color: $text; padding: 4px 6px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {
    border: 2px solid $accent; padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {
    border-color: $border; color: $disabled; background: $window; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] { border-color: $alarm; }
QPushButton { border: 1px solid $strong_border; border-radius: 5px; background: $raised;
    color: $text; padding: 5px 14px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 13px; }
QPushButton:default { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton:default:focus { border: 2px solid $text; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $border; }
QPushButton[flat="true"] { border: 1px solid transparent; background: transparent; }
QPushButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus { border: 2px solid $accent; }
QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton[popupMode="2"] { padding-right: 18px; }
QToolButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: right center;
    right: 4px; }
QToolButton#choice { border: 1px solid $strong_border; padding: 5px 12px; background: $raised; }
QToolButton:checked, QToolButton#choice:checked { background: $selection;
    color: $on_selection; border-color: $accent; }
QToolButton:checked:focus { border-color: $text; }
QToolButton#choice:focus { border: 2px solid $text; padding: 4px 11px; }
QMenuBar { background: $window; color: $text; border-bottom: 1px solid $border; }
QMenuBar::item { padding: 5px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $selection; color: $on_selection; }
QMenu { background: $raised; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: 4px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $selection; color: $on_selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $strong_border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator { width: 15px; height: 15px;
    border: 1px solid $strong_border; border-radius: 3px; background: $base; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {
    background: $accent; border-color: $accent; image: url($tick); }
QCheckBox::indicator:disabled, QTreeView::indicator:disabled {
    border-color: $border; background: $window; }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QRadioButton { border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QRadioButton:focus { border-color: $accent; }
QTextEdit { border: 1px solid $border; border-radius: 6px; background: $base; color: $text; }
QTextEdit:focus { border-color: $accent; }
QTextEdit#broken { background: transparent; border: none; color: $text; }
QFrame#card { background: $base; border: 1px solid $border; border-radius: 6px; }
QProgressBar { border: 1px solid $border; border-radius: 5px; background: $base; color: $text;
    text-align: center; min-height: 18px; }
QProgressBar::chunk { background: $selection; border-radius: 4px; }
QAbstractSpinBox { border: 1px solid $strong_border; border-radius: 5px;
    background: $base; color: $text; padding: 4px 6px; }
QAbstractSpinBox:focus { border: 2px solid $accent; padding: 3px 5px; }
QAbstractSpinBox:disabled { border-color: $border; color: $disabled; background: $window; }
QComboBox::drop-down, QDateEdit::drop-down, QDateTimeEdit::drop-down {
    subcontrol-origin: padding; subcontrol-position: center right; width: 20px; border: none; }
QComboBox::down-arrow, QDateEdit::down-arrow, QDateTimeEdit::down-arrow {
    image: url($down); width: 14px; height: 14px; }
QSpinBox::up-button, QSpinBox::down-button { width: 20px; border: none; background: transparent; }
QSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; }
QSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; }
QSpinBox::up-button:hover, QSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-arrow { image: url($up); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url($down); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $border;
    selection-background-color: $selection; selection-color: $on_selection; outline: none; }
QListView::item, QTreeView::item { min-height: 24px; padding: 1px 4px; }
QListView, QTreeView { border: 1px solid $border; border-radius: 6px; background: $base; }
QListView:focus, QTreeView:focus { border-color: $accent; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; border: 1px solid transparent;
    border-radius: 5px; padding: 5px 12px; margin-right: 2px; }
QTabBar::tab:hover:!selected { background: $hover; color: $text; }
QTabBar::tab:selected { background: $selection; color: $on_selection; border-color: $accent; }
QTabBar::tab:selected:focus { border: 2px solid $text; padding: 4px 11px; }
QPlainTextEdit#code { font-family: monospace; }
QStatusBar { background: $window; border-top: 1px solid $border; color: $muted; }
QStatusBar::item { border: none; }
""")


def stylesheet(colours: Colours) -> str:
    """The application's style sheet in these colours."""
    names = {
        name: getattr(colours, name)
        for name in Colours.__dataclass_fields__
        if name not in ("dark", "statuses")
    }
    shade = "dark" if colours.dark else "light"
    pictures = {
        name: f'"{resource("icons", f"{file}-{shade}.svg").as_posix()}"'
        for name, file in (("tick", "tick"), ("down", "spin-down"), ("up", "spin-up"))
    }
    return _SHEET.substitute(names, alarm=colours.status(StatusId.OUTAGE).solid, **pictures)
