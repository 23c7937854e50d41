"""``summary.pdf``: the summary on one sheet of A4, two where a visit is long; fonts are embedded as subsets."""

from __future__ import annotations

import logging
from datetime import datetime

from desktop.documents.fonts import LATIN, add_fonts
from desktop.documents.line_breaks import ZERO_WIDTH_SPACE, breakable
from desktop.documents.offline_fpdf import FPDF, MethodReturnValue, WrapMode
from desktop.documents.summary import Block, Role, Summary
from desktop.domain.wording import say

# The library logs the characters that a font lacks, which would be a patient's words in a log
logging.getLogger("fpdf").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.CRITICAL)

MARGIN_MM = 15.0
HEADING_WIDTH_MM = 38.0
LINE_MM = 4.7
BODY_PT, SMALL_PT, NAME_PT = 9.5, 7.5, 15
MAX_LINES_OF_BLOCK = 12
MAX_LINES_OF_TEXT = 14
MAX_CHARACTERS = 6000
INK, QUIET, ACCENT = (28, 36, 48), (90, 103, 118), (31, 95, 139)
DANGER, RULE, TINT = (179, 38, 30), (210, 216, 223), (243, 246, 249)


def render_pdf(summary: Summary, created_at: datetime) -> bytes:
    """Return the PDF; the same summary and time give the same bytes.

    A block longer than its share ends with "continued in summary.html", so that two pages always suffice.
    """
    page = _Page(summary)
    page.set_creation_date(created_at)
    page.add_page()
    page.draw_header()
    for block in summary.blocks:
        page.draw_block(block)
    return bytes(page.output())


class _Page(FPDF):
    def __init__(self, summary: Summary) -> None:
        super().__init__(unit="mm", format="A4")
        self._summary = summary
        self._coverage = add_fonts(self)
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.set_auto_page_break(True, margin=MARGIN_MM + 6)
        self.set_title(summary.title)
        self.set_lang("zh-CN" if summary.language == "zh" else "en")
        self.set_creator("Barefoot")

    def file_id(self) -> str:
        """Return a fixed identifier: the library's default holds the clock."""
        return "<62617265666f6f7473756d6d61727931><62617265666f6f7473756d6d61727931>"

    def footer(self) -> None:
        """Draw what made the page, the caution and the page number (called by the library for every page)."""
        self.set_y(-MARGIN_MM - 4)
        for line in (self._summary.footer, self._summary.caution):
            self._pen(SMALL_PT, QUIET)
            self.cell(0, 3.6, self._fit(line), new_x="LMARGIN", new_y="NEXT")
        self.set_y(-MARGIN_MM - 0.4)
        self._pen(SMALL_PT, QUIET)
        self.cell(0, 3.6, f"{self.page_no()}", align="R")

    def draw_header(self) -> None:
        """Draw title, clinic, name and facts."""
        summary = self._summary
        self._pen(BODY_PT, ACCENT, bold=True)
        self.cell(0, LINE_MM, self._one_line(f"{summary.title} · {summary.clinic}"), new_x="LMARGIN", new_y="NEXT")
        self.ln(1)
        self._pen(NAME_PT, INK, bold=True)
        self.cell(0, 7.5, self._one_line(summary.name), new_x="LMARGIN", new_y="NEXT")
        self._pen(BODY_PT, QUIET)
        self._lines(self._packed_facts(), self.l_margin, self.epw)
        self.ln(1.2)
        self._rule(ACCENT, 0.5)
        self.ln(1.6)

    def draw_block(self, block: Block) -> None:
        """Draw a heading on the left and its lines on the right; advice is tinted, danger framed."""
        width = self.epw - HEADING_WIDTH_MM
        self._pen(BODY_PT, INK)
        paragraphs = self._block_lines(block, width - 2)
        caution = [] if block.role is Role.PLAIN else [self._fit(self._summary.caution)]
        self._pen(BODY_PT, ACCENT, bold=True)
        heading = self._cut(block.heading, HEADING_WIDTH_MM - 3, 3)
        height = max(len(paragraphs) + len(caution), len(heading)) * LINE_MM + 2.4
        if self.get_y() + height > self.page_break_trigger:
            self.add_page()
        top = self.get_y()
        self._background(block.role, top, height)
        self.set_y(top + 1.2)
        self._pen(BODY_PT, DANGER if block.role is Role.DANGER else ACCENT, bold=True)
        self._lines(heading, self.l_margin + 1.5, HEADING_WIDTH_MM - 3)
        self.set_y(top + 1.2)
        self._pen(BODY_PT, INK, bold=block.role is Role.DANGER)
        self._lines(paragraphs[:1], self.l_margin + HEADING_WIDTH_MM, width)
        self._pen(BODY_PT, INK)
        self._lines(paragraphs[1:], self.l_margin + HEADING_WIDTH_MM, width)
        self._pen(SMALL_PT, QUIET)
        self._lines(caution, self.l_margin + HEADING_WIDTH_MM, width)
        self.set_y(top + height)
        if block.role is Role.PLAIN:
            self._rule(RULE, 0.15)
        else:
            self.ln(1.2)

    def _block_lines(self, block: Block, width: float) -> list[str]:
        limit = MAX_LINES_OF_TEXT if len(block.lines) == 1 else MAX_LINES_OF_BLOCK
        if block.role is Role.DANGER:
            self._pen(BODY_PT, INK, bold=True)  # bold is the wider measure
        return self._cut("\n".join(block.lines), width, limit)

    def _packed_facts(self) -> list[str]:
        """Return the facts in as many lines as they need; a fact moves to the next line whole."""
        lines = [""]
        for label, value in self._summary.facts:
            fact = self._cut(f"{label} {value}", self.epw, 1)[0]
            longer = f"{lines[-1]}    {fact}" if lines[-1] else fact
            if self.get_string_width(longer) <= self.epw - 2:
                lines[-1] = longer
            else:
                lines.append(fact)
        return lines

    def _cut(self, text: str, width: float, limit: int) -> list[str]:
        """Break text into at most ``limit`` lines of ``width`` mm; the last says where the rest is."""
        fitting = self._fit(text[:MAX_CHARACTERS])
        broken = self.multi_cell(
            width,
            LINE_MM,
            breakable(fitting),
            dry_run=True,
            output=MethodReturnValue.LINES,
            align="L",
            wrapmode=WrapMode.WORD,
        )
        lines = [str(line).replace(ZERO_WIDTH_SPACE, "") for line in broken] if isinstance(broken, list) else []
        if len(lines) <= limit and len(text) <= MAX_CHARACTERS:
            return lines
        if limit == 1:
            return [f"{lines[0]} …"]
        return [*lines[: limit - 1], f"… {say('continued', self._summary.language)}"]

    def _lines(self, lines: list[str], x: float, width: float) -> None:
        for line in lines:
            self._choose_font(LATIN, self.font_style, self.font_size_pt)
            self.set_x(x)
            self.cell(width, LINE_MM, line, new_x="LMARGIN", new_y="NEXT")

    def _one_line(self, text: str) -> str:
        return self._cut(text, self.epw, 2)[0]

    def _fit(self, text: str) -> str:
        """Replace what no font can draw by a box, so that a gap is seen as a gap."""
        return "".join(c if ord(c) in self._coverage or c in "\n\u00a0" else "□" for c in text)

    def _pen(self, size_pt: float, colour: tuple[int, int, int], *, bold: bool = False) -> None:
        self._choose_font(LATIN, "B" if bold else "", size_pt)
        self.set_text_color(*colour)

    def _choose_font(self, family: str, style: str, size_pt: float) -> None:
        """Set the font even where the library thinks that it is set.

        After a line that begins with a fallback font fpdf2 2.8.9 takes that font for the chosen one and encodes the
        next Latin line with the wrong table; a test of mixed lines holds this.
        """
        self.font_family = ""
        self.set_font(family, style, size_pt)

    def _rule(self, colour: tuple[int, int, int], width_mm: float) -> None:
        self.set_draw_color(*colour)
        self.set_line_width(width_mm)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())

    def _background(self, role: Role, top: float, height: float) -> None:
        if role is Role.ADVICE:
            self.set_fill_color(*TINT)
            self.rect(self.l_margin, top, self.epw, height, style="F")
        elif role is Role.DANGER:
            self.set_draw_color(*DANGER)
            self.set_line_width(0.5)
            self.rect(self.l_margin, top, self.epw, height, style="D", round_corners=True, corner_radius=1.5)
