"""The style sheet, built from a palette and the scale; widgets name what they are with the property ``role``."""

from __future__ import annotations

from pathlib import Path
from string import Template

from desktop.ui.theme import scale
from desktop.ui.theme.colours import Palette

# one grey that shows on every ground: a style sheet cannot recolour a picture
ARROW = Path(__file__).parent.parent.parent / "resources" / "icons" / "combo-arrow.svg"
_SHEET = Template("""
QWidget { color: $text; font-size: ${body}px; }
QMainWindow, QDialog, QWidget[role="page"] { background: $window; }
QDialog { border: 1px solid $line; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }
QFrame[role="panel"] { background: $surface; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[role="bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[role="foot"] { background: $window; border: none; border-top: 1px solid $line; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${display}px; font-weight: 700; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 700; }
QLabel[role="heading"] { font-size: ${body}px; font-weight: 700; }
QLabel[role="large"] { font-size: ${large}px; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${small}px; }
QLabel[role="key"] { color: $muted; font-size: ${small}px; border: 1px solid $line; border-radius: 4px;
  padding: 0 4px; background: $surface; }
QLabel[role="wordmark"] { font-size: ${large}px; font-weight: 700; color: $accent; }
QLabel[role="notice"] { background: $urgent_soft; color: $text; border-radius: ${radius}px; padding: 6px 10px; }
QLabel[role="good"] { background: $accent_soft; color: $text; border-radius: ${radius}px; padding: 6px 10px; }
QLabel[role="unusual"] { color: $urgent; font-size: ${small}px; font-weight: 700; }
QLabel[role="for"] { color: $evidence_for; font-size: ${small}px; }
QLabel[role="against"] { color: $evidence_against; font-size: ${small}px; }
QLabel[role="recovery"] { font-size: ${title}px; font-weight: 700; background: $raised; border-radius: ${radius}px;
  padding: 16px; }
QLabel[level="emergency"] { color: $text; font-weight: 700; }
QLabel[level="urgent"] { color: $urgent; font-weight: 700; }
QLabel[level="routine"] { color: $routine; font-weight: 700; }
QLabel[level="self_care"] { color: $self_care; font-weight: 700; }

QFrame[role="danger"] { background: $danger; border: none; border-radius: ${radius}px; }
QFrame[role="danger"] QLabel { color: $on_danger; font-size: ${body}px; }
QFrame[role="danger"] QLabel[role="heading"] { font-weight: 700; }
QFrame[role="danger"] QPushButton { background: transparent; color: $on_danger; border: 1px solid $on_danger; }
QFrame[role="danger"] QPushButton:focus { background: $on_danger; color: $danger; }
QFrame[role="danger"] QLineEdit { background: $surface; color: $text; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $field_line; border-radius: ${radius}px;
  padding: 3px 8px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QComboBox { min-height: 24px; }
QComboBox { combobox-popup: 0; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus { border: 2px solid $focus; padding: 2px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: $window; color: $muted; }
QLineEdit[role="own"], QPlainTextEdit[role="own"] { font-size: ${large}px; }
QLineEdit[role="vital"] { padding: 1px 6px; min-height: 22px; font-size: ${large}px; }
QLineEdit[role="vital"]:focus { padding: 0 5px; }
QLineEdit[state="unusual"] { color: $urgent; font-weight: 700; border-color: $urgent; }
QLineEdit[state="refused"] { background: $urgent_soft; border: 2px dashed $urgent; padding: 0 5px; }
QPlainTextEdit[role="complaint"] { font-size: ${large}px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; selection-background-color: $accent_soft;
  selection-color: $text; }

QPushButton, QToolButton { background: $raised; color: $text; border: 1px solid $line; border-radius: ${radius}px;
  padding: 4px 12px; min-height: 22px; }
QPushButton:hover, QToolButton:hover { border-color: $field_line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 3px 11px; }
QPushButton:disabled { color: $muted; background: $window; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 700; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $raised; color: $muted; border: 1px solid $line; }
QPushButton[role="ghost"], QToolButton[role="ghost"] { background: transparent; border: 1px solid transparent;
  color: $accent; padding: 2px 6px; }
QPushButton[role="ghost"]:hover { text-decoration: underline; }
QPushButton[role="ghost"]:focus, QToolButton[role="ghost"]:focus { border: 2px solid $focus; padding: 1px 5px; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent; padding: 4px 12px; color: $muted; }
QPushButton[role="nav"]:checked { background: $accent_soft; color: $accent; }
QPushButton[role="nav"]:focus { border: 2px solid $focus; padding: 3px 11px; }
QPushButton[role="answer"] { padding: 0 9px; min-height: 22px; background: $surface; }
QPushButton[role="answer"]:focus { padding: 0 8px; }
QToolButton::menu-indicator { image: none; }

QPushButton[role="chip"] { border-radius: 13px; padding: 1px 10px; min-height: 22px; background: $mark;
  border: 1px solid $line; }
QPushButton[role="chip"]:focus { border: 2px solid $focus; padding: 0 9px; }
QPushButton[role="chip"][assertion="absent"] { background: $surface; color: $muted; }
QPushButton[role="chip"][assertion="possible"], QPushButton[role="chip"][assertion="hypothetical"] {
  border-style: dashed; border-color: $field_line; background: $surface; }
QPushButton[role="chip"][assertion="historical"], QPushButton[role="chip"][assertion="family"] {
  background: $raised; }
QPushButton[role="chip"][confirmed="true"] { border-color: $accent; }

QFrame[role="row"] { border: none; border-radius: 4px; background: transparent; }
QFrame[role="row"]:hover { background: $raised; }
QFrame[role="row"]:focus { background: $accent_soft; }
QFrame[role="row"][lit="true"] { background: $evidence_for_soft; }

QTableView, QListWidget, QListView { background: $surface; border: 1px solid $line; border-radius: ${radius}px;
  alternate-background-color: $window; selection-background-color: $accent_soft; selection-color: $text;
  gridline-color: $line; outline: none; }
QTableView:focus, QListWidget:focus { border: 2px solid $focus; }
QListWidget::item { padding: 5px 8px; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $line; }
QTableView::item:selected, QListWidget::item:selected { background: $accent_soft; color: $text; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 6px 11px; font-size: ${small}px; text-align: left; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[role="scrolled"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $field_line; border-radius: 4px; min-height: 24px; margin: 1px 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:horizontal { background: $field_line; border-radius: 4px; min-width: 24px; margin: 2px 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QCheckBox, QRadioButton { background: transparent; spacing: 6px; }
QCheckBox:focus, QRadioButton:focus { text-decoration: underline; }
QSplitter::handle { background: transparent; }
""")


def style_sheet(palette: Palette) -> str:
    """Return the whole style sheet for one palette."""
    colours = {name: getattr(palette, name) for name in Palette.__slots__ if name != "name"}
    return _SHEET.substitute(
        colours,
        small=scale.TYPE_SMALL,
        body=scale.TYPE_BODY,
        large=scale.TYPE_LARGE,
        title=scale.TYPE_TITLE,
        display=scale.TYPE_DISPLAY,
        radius=scale.RADIUS,
        arrow=ARROW.as_posix(),
    )
