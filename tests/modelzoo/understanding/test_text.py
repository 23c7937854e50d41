"""What the model is given to hear: the text itself, but not shouted."""

from __future__ import annotations

import pytest

from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.evidence.cases import open_cases
from modelzoo.understanding.text import calm


@pytest.mark.parametrize("kept", ["", "HIV", "Pt 30F, SOB, no CP", "BP 165/110, 视物模糊", "发热三天", "İSTANBUL" * 9])
def test_what_is_not_shouted_stays(kept: str) -> None:
    assert calm(kept) == kept or kept.startswith("İ")
    assert len(calm(kept)) == len(kept)


def test_capitals_are_heard_as_small_letters_in_their_places() -> None:
    shouted = "FEVER AND COUGH FOR THREE DAYS, 没有胸痛 NO CHEST PAIN"
    assert calm(shouted) == "fever and cough for three days, 没有胸痛 no chest pain"


def test_blanks_at_the_end_change_nothing(engine: Engine) -> None:
    for worked in open_cases()[::75]:
        read = [
            [(f.id, f.assertion, f.start) for f in engine.understand(worked.case.text.rstrip() + blanks)]
            for blanks in ("", " ", "\n", "  \n ")
        ]
        assert read[0] == read[1] == read[2] == read[3], worked.case.id


def test_a_shouted_complaint_is_read_like_a_quiet_one(engine: Engine) -> None:
    quiet = "fever and cough with yellow phlegm for three days, no chest pain, it hurts to breathe in"
    answers = [engine.assess(Case(id="t", text=text, age_years=40)) for text in (quiet, quiet.upper())]
    read = [[(f.id, f.assertion, f.start) for f in answer.findings] for answer in answers]
    assert read[0] == read[1]
    assert [c.id for c in answers[0].differential[:3]] == [c.id for c in answers[1].differential[:3]]
