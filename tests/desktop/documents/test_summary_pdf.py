"""The PDF: one page for a visit, two at most, its words found again, its fonts inside, nothing in a log."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont

from desktop.documents.fonts import BOLD, CHINESE_FILE, FOLDER, REGULAR, coverage
from desktop.documents.line_breaks import ZERO_WIDTH_SPACE, breakable
from desktop.documents.summary import build_summary
from desktop.documents.summary_pdf import render_pdf

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils not installed")


def _pdf(visit: SimpleNamespace, language: str, **changes: object) -> bytes:
    made = build_summary(
        visit.patient(),
        visit.encounter(**changes),
        clinic="Riverside clinic 河边诊所",
        created_at=visit.started,
        program_version="0.1.0",
        language=language,
    )
    return render_pdf(made, visit.started)


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\n", pdf))


def _words(pdf: bytes, tmp_path: Path) -> str:
    (tmp_path / "x.pdf").write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", "x.pdf", "-"], cwd=tmp_path, check=True, capture_output=True)
    return done.stdout.decode()


@needs_poppler
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_visit_is_one_page_with_all_its_words(visit: SimpleNamespace, language: str, tmp_path: Path) -> None:
    pdf = _pdf(visit, language)
    assert _pages(pdf) == 1
    words = _words(pdf, tmp_path)
    for expected in (
        "Amina Example 阿米娜",
        "penicillin (rash)",
        "咳黄痰",
        "38.9 °C",
        "Refer to the district",
        "河边诊所",
    ):
        assert expected in words
    caution = {"en": "No clinician has reviewed this knowledge", "zh": "本知识未经临床医生审核"}[language]
    assert words.count(caution) == 5  # danger, three advice blocks, foot


@needs_poppler
def test_long_text_ends_with_a_pointer_and_two_pages_suffice(visit: SimpleNamespace, tmp_path: Path) -> None:
    for text in ("fever and cough " * 12_000, "发热咳嗽" * 50_000, "x" * 200_000, "line\n" * 40_000):
        pdf = _pdf(visit, "en", text=text, plan=text)
        assert _pages(pdf) <= 2
        assert _words(pdf, tmp_path).count("continued in summary.html") == 2


@needs_poppler
def test_lines_of_both_scripts_in_any_order_keep_their_words(visit: SimpleNamespace, tmp_path: Path) -> None:
    lines = ["发热 fever", "咳嗽", "Latin line one", "腹痛", "Bold? no", "12 度 39.5", "a咳b嗽c", "头晕", "Last words"]
    for order in (lines, lines[::-1], lines[3:] + lines[:3]):
        words = _words(_pdf(visit, "zh", text="\n".join(order), plan="\n".join(order[::-1])), tmp_path)
        for line in lines:
            assert words.count(line) == 2, line


@needs_poppler
def test_what_no_font_has_becomes_a_box_and_no_log_line(visit: SimpleNamespace, tmp_path: Path, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    words = _words(_pdf(visit, "en", text="marker 🤒 \U000e0041 مرحبا end\x00\u202e"), tmp_path)
    assert "marker □" in words
    assert "end" in words
    assert not [r for r in caplog.records if "marker" in r.getMessage() or "glyph" in r.getMessage().lower()]


def test_same_visit_same_bytes(visit: SimpleNamespace) -> None:
    assert _pdf(visit, "zh") == _pdf(visit, "zh")


def test_fonts_are_embedded_as_small_subsets(visit: SimpleNamespace) -> None:
    pdf = _pdf(visit, "zh")
    assert len(pdf) < 100_000
    assert {b"Inter", b"DroidSansFallback"} <= set(re.findall(rb"/BaseFont /\w+\+(\w+)", pdf))


def test_fonts_cover_what_people_write() -> None:
    covered = coverage()
    hanzi = [bytes([a, b]).decode("gbk", "ignore") for a in range(0x81, 0xFF) for b in range(0x40, 0xFF) if b != 0x7F]
    assert not [c for c in hanzi if len(c) == 1 and "\u4e00" <= c <= "\u9fff" and ord(c) not in covered]
    for character in "àéñüß°₂µ≥≤–—…“”·□，。、；：？！（）《》":
        assert ord(character) in covered, character
    assert sum((FOLDER / name).stat().st_size for name in (REGULAR, BOLD, CHINESE_FILE)) < 6_000_000
    for name in (REGULAR, BOLD, CHINESE_FILE):
        with TTFont(FOLDER / name, lazy=True) as font:
            licence = str(font["name"].getDebugName(13))
        assert "SIL Open Font License" in licence or "Apache License" in licence


def test_chinese_breaks_between_characters_but_not_at_punctuation() -> None:
    z = ZERO_WIDTH_SPACE
    assert breakable("发热，咳") == f"发{z}热，{z}咳"
    assert breakable("（发热）") == f"（发{z}热）"
    assert breakable("fever of 39") == "fever of 39"
    assert breakable("体温39度") == f"体{z}温{z}39{z}度"
    assert breakable("") == ""


_RENDER = """
import sys
from datetime import UTC, datetime
from desktop.documents.summary import build_summary
from desktop.documents.summary_pdf import render_pdf
from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
now = datetime(2026, 1, 2, tzinfo=UTC)
made = build_summary(Patient("p", "李"), Encounter("e", "p", now, text="咳嗽 cough"), clinic="C", created_at=now,
                     program_version="1", language="zh")
assert render_pdf(made, now).startswith(b"%PDF-")
print([name for name in ("http.client", "urllib.request", "requests", "urllib3", "httpx") if name in sys.modules])
import http.client, urllib.request
assert http.client.HTTPConnection("localhost").host == "localhost"
"""


def test_the_pdf_library_brings_no_web_client_and_leaves_the_real_one_whole() -> None:
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-W", "error", "-c", _RENDER], cwd=root, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"[]\n", b"")
