"""Marks the understood words in the text: by line and letter form as well as by colour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop.ui.theme.colours import LIGHT, Palette
from modelzoo.contract.case import Assertion

_LINE = QTextCharFormat.UnderlineStyle


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a finding; ``start`` and ``end`` are UTF-16 positions in the document."""

    start: int
    end: int
    finding: str
    assertion: Assertion


class FindingHighlighter(QSyntaxHighlighter):
    """Draws spans; until the next answer comes they move along with what is typed before them."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.spans: tuple[Span, ...] = ()
        self._lit: dict[str, str] = {}
        self._palette = LIGHT
        document.contentsChange.connect(self._follow_edit)

    def use_palette(self, palette: Palette) -> None:
        """Draw in the colours of a theme."""
        self._palette = palette
        self.rehighlight()

    def show_spans(self, spans: tuple[Span, ...]) -> None:
        """Mark other words; only lines whose marks differ are drawn anew."""
        before, self.spans = self.spans, spans
        self._redraw(set(before) ^ set(spans))

    def light(self, lit: dict[str, str]) -> None:
        """Light up findings: id -> ``for`` or ``against``; none with an empty mapping."""
        if lit == self._lit:
            return
        touched = set(lit) | set(self._lit)
        self._lit = dict(lit)
        self._redraw({s for s in self.spans if s.finding in touched})

    def finding_at(self, position: int) -> str | None:
        """Return the finding whose words stand at a UTF-16 position."""
        return next((s.finding for s in self.spans if s.start <= position < s.end), None)

    def highlightBlock(self, text: str) -> None:
        """Draw one line."""
        start = self.currentBlock().position()
        end = start + self.currentBlock().length()
        for span in self.spans:
            if span.start < end and span.end > start:
                first = max(span.start, start)
                self.setFormat(first - start, min(span.end, end) - first, self._format(span))

    def _format(self, span: Span) -> QTextCharFormat:
        colours, form = self._palette, QTextCharFormat()
        lit = self._lit.get(span.finding)
        if span.assertion is Assertion.ABSENT:
            form.setFontStrikeOut(True)
            form.setForeground(QColor(colours.muted))
        elif span.assertion in (Assertion.POSSIBLE, Assertion.HYPOTHETICAL):
            _underline(form, _LINE.DotLine, colours.accent)
        elif span.assertion in (Assertion.HISTORICAL, Assertion.FAMILY):
            form.setFontItalic(True)
            _underline(form, _LINE.DashUnderline, colours.muted)
        else:
            form.setBackground(QColor(colours.mark))
            _underline(form, _LINE.SingleUnderline, colours.accent)
        if lit == "for":
            form.setBackground(QColor(colours.evidence_for_soft))
            form.setFontWeight(QFont.Weight.DemiBold)
            _underline(form, _LINE.SingleUnderline, colours.evidence_for)
        elif lit == "against":
            form.setBackground(QColor(colours.evidence_against_soft))
            _underline(form, _LINE.WaveUnderline, colours.evidence_against)
        return form

    def _redraw(self, changed: set[Span]) -> None:
        document = self.document()
        blocks = {document.findBlock(s.start).blockNumber() for s in changed}
        for number in sorted(blocks - {-1}):
            self.rehighlightBlock(document.findBlockByNumber(number))

    def _follow_edit(self, position: int, removed: int, added: int) -> None:
        if removed == added == 0 or not self.spans:
            return
        moved = []
        for s in self.spans:
            if s.end <= position:
                moved.append(s)
            elif s.start >= position + removed:
                moved.append(replace(s, start=s.start + added - removed, end=s.end + added - removed))
        self.spans = tuple(moved)  # words that were edited themselves lose their mark until the answer comes


def _underline(form: QTextCharFormat, style: QTextCharFormat.UnderlineStyle, colour: str) -> None:
    form.setUnderlineStyle(style)
    form.setUnderlineColor(QColor(colour))
