"""The summary: what it says, and that no word of a visit can become markup or vanish unsaid."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from desktop.documents.summary import Role, Summary, build_summary, printable
from desktop.documents.summary_html import render_html
from desktop.domain.patient import StatusList
from desktop.domain.wording import _WORDS, say
from modelzoo.contract.case import ListStatus


def summary(
    visit: SimpleNamespace, language: str = "en", patient=None, encounter=None, clinic: str = "Riverside"
) -> Summary:
    return build_summary(
        patient or visit.patient(),
        encounter or visit.encounter(),
        clinic=clinic,
        created_at=visit.started,
        program_version="0.1.0",
        language=language,
    )


class _Tags(HTMLParser):
    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_recorded_is_in_it(visit: SimpleNamespace, language: str) -> None:
    words = _Tags(render_html(summary(visit, language))).words
    for expected in ("Amina Example 阿米娜", "penicillin (rash)", "3 days of fever", "咳黄痰", "38.9 °C", "110/70 mmHg",
                     "11.2 g/dL", "J18.9", "Anaemia, watch", "Refer to the district", "amoxicillin", "Nurse Li",
                     "Pulmonary embolism", "Give oxygen", "2026.12.1", say("not_asked.problems", language),
                     say("none_known.medications", language)):  # fmt: skip
        assert expected in words, expected


def test_the_caution_stands_with_every_advice(visit: SimpleNamespace) -> None:
    made = summary(visit)
    advised = [b for b in made.blocks if b.role is not Role.PLAIN]
    assert {b.heading for b in advised} == {
        "Suggested urgency",
        "It could be",
        "Not to be missed",
        "Notes of the program",
    }
    page = render_html(made).decode()
    assert page.count('<p class="caution">No clinician has reviewed this knowledge') == len(advised)
    assert made.blocks[0].role is Role.DANGER


def test_no_assessment_no_advice(visit: SimpleNamespace) -> None:
    made = summary(visit, encounter=visit.encounter(assessment=None))
    assert all(b.role is Role.PLAIN for b in made.blocks)
    assert "assessment pack" not in made.footer


def test_outside_coverage_names_no_condition(visit: SimpleNamespace) -> None:
    outside = {**visit.assessment, "coverage": {"inside": False, "score": 0.1, "because": "Too unusual."}}
    words = _Tags(render_html(summary(visit, encounter=visit.encounter(assessment=outside, diagnoses=())))).words
    assert "outside what the program knows" in words
    assert "Acute bronchitis" not in words


def test_hostile_words_open_no_tag_and_load_nothing(visit: SimpleNamespace) -> None:
    hostile = visit.hostile + '" onload="x'
    patient = visit.patient(name=hostile, village=hostile, phone=hostile, local_number=hostile)
    encounter = visit.encounter(text=hostile, plan=hostile, author=hostile)
    page = render_html(summary(visit, patient=patient, encounter=encounter, clinic=hostile))
    parsed = _Tags(page)
    assert {tag for tag, _ in parsed.seen} <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "span", "b", "main", "section",
        "div", "footer",
    }  # fmt: skip
    names = {name for _, attributes in parsed.seen for name in attributes}
    assert names <= {"lang", "charset", "http-equiv", "content", "name", "class"}
    assert '<script>alert("x")</script>' in parsed.words  # shown as words, not lost
    assert not set("\x00\x1b\u202e") & set(page.decode())
    assert b"http:" not in page
    assert b"https:" not in page


def test_the_policy_allows_this_style_sheet_and_nothing_else(visit: SimpleNamespace) -> None:
    page = render_html(summary(visit)).decode()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(
        a["content"] for tag, a in _Tags(page.encode()).seen if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_printable() -> None:
    assert printable("a\tb\r\nc\x07\u202ed\ud800\ufffe") == "a b\nc\ufffdd\ufffd\ufffd"


def test_an_empty_list_that_claims_to_be_known_is_shown_as_not_asked(visit: SimpleNamespace) -> None:
    made = summary(visit, patient=visit.patient(allergies=StatusList(ListStatus.KNOWN)))
    assert ("Allergies were not asked for",) in [b.lines for b in made.blocks]


def test_every_wording_has_both_languages() -> None:
    assert all(en.strip() and zh.strip() and (en != zh) for en, zh in _WORDS.values())
