"""Worked cases: their form, the sealed third, and what they say about an answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from modelzoo.authoring import overlap
from modelzoo.authoring.sources import Sources
from modelzoo.contract.assessment import Assessment
from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import BadInput
from modelzoo.evidence.cases import OPEN_CASES, WorkedCase, case_of, is_sealed, open_cases, problems, read_cases
from modelzoo.evidence.metrics import Outcome, Share, age_group, figures, outcome, within
from modelzoo.knowledge.model import Knowledge

CASE: dict[str, Any] = {
    "id": "made.1", "text": "coughing for a week", "age_years": 30, "sex": "male", "language": "en", "kind": "typical",
    "voice": "patient", "about": "common_cold", "expected": "common_cold", "acceptable": ["acute_bronchitis"],
    "lowest": "self_care", "highest": "routine",
}  # fmt: skip


def test_there_are_enough_and_all_are_in_order(knowledge: Knowledge) -> None:
    cases = open_cases()
    assert list(problems(cases, {*knowledge.conditions, *knowledge.retired})) == []
    assert len(cases) >= 1000
    assert {c.kind for c in cases} == {"typical", "early", "lookalike"}


def test_half_is_in_each_language() -> None:
    cases = open_cases()
    for language in ("en", "zh"):
        assert 0.4 <= sum(c.language == language for c in cases) / len(cases) <= 0.6


def test_about_a_third_is_sealed_and_nobody_reads_it() -> None:
    assert 0.31 <= sum(is_sealed(f"case.{n}") for n in range(10_000)) / 10_000 <= 0.36
    sealed = (OPEN_CASES.parent / "sealed").glob("*.jsonl")
    assert sum(path.stat().st_size for path in sealed) > 0
    for path in Path("modelzoo").rglob("*.py"):
        assert '"sealed"' not in path.read_text(encoding="utf-8"), path


def test_a_case_in_the_wrong_third_or_of_an_unknown_condition_is_named() -> None:
    sealed = next(f"x.{n}" for n in range(99) if is_sealed(f"x.{n}"))
    free = next(f"x.{n}" for n in range(99) if not is_sealed(f"x.{n}"))
    found = list(problems([case_of({**CASE, "id": sealed}), case_of({**CASE, "id": free, "expected": "dragons"})], []))
    assert any("sealed third" in p for p in found)
    assert any("unknown condition dragons" in p for p in found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lowest": "soon"}, "lowest must be one of"), ({"kind": "odd"}, "kind must be one of"),
        ({"acceptable": "x"}, "acceptable must be a list"), ({"about": ""}, "must be words"),
        ({"lowest": "emergency", "highest": "routine"}, "lowest must not be more urgent"),
        ({"age_years": -1}, "between"), ({"tempo": 1}, "unknown field"),
    ],
)  # fmt: skip
def test_a_faulty_case_is_refused_with_file_and_line(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(CASE) + "\n" + json.dumps({**CASE, **change}) + "\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        list(read_cases(path))
    assert caught.value.message.startswith("x.jsonl:2: ")
    assert said in caught.value.message


def test_a_line_that_is_no_object_is_refused(tmp_path: Path) -> None:
    for line in ("{", "[]", "3"):
        (tmp_path / "x.jsonl").write_text(line, encoding="utf-8")
        with pytest.raises(BadInput):
            list(read_cases(tmp_path / "x.jsonl"))


def test_an_answer_is_judged_by_what_was_expected(engine: Engine) -> None:
    worked = case_of(CASE)
    answer: Assessment = engine.assess(worked.case)
    one = outcome(worked, answer)
    assert one.rank == 1 + min(one.named.index(i) for i in worked.right if i in one.named)
    assert one.level == str(answer.triage.level)
    assert age_group(one) == "adult"


def made(level: str, rank: int | None, **change: Any) -> Outcome:
    return Outcome(case_of({**CASE, **change}), rank, ("a", "b"), level, (), inside=True, likely=False)


def test_figures_count_what_they_say() -> None:
    outcomes = [
        made("routine", 1), made("urgent", 4), made("self_care", None),
        made("routine", 2, lowest="emergency", highest="emergency"),
        made("emergency", None, expected="none", lowest="emergency", highest="emergency", acceptable=[]),
    ]  # fmt: skip
    found = figures(outcomes)
    assert (found["first"].hits, found["first"].total) == (1, 4)
    assert within(outcomes, 3).hits == 2
    assert found["triage too low"].hits == 1
    assert found["triage too high"].hits == 1
    assert (found["emergencies caught"].hits, found["emergencies caught"].total) == (1, 2)
    assert found["nothing expected, none likely"].total == 1


def test_the_interval_is_wilsons() -> None:
    low, high = Share(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)  # Wilson score interval, 8 of 10
    assert Share(0, 0).interval == (0.0, 1.0)


def test_wording_shared_with_a_record_is_found() -> None:
    sources = Sources(
        findings={"x": {"name": {"en": "a"}, "ask": {"en": "Do you have pain when you breathe in deeply now?"}}}
    )
    copied: WorkedCase = case_of({**CASE, "text": "well, have pain when you breathe in deeply today"})
    assert len(list(overlap.problems([copied], sources))) == 1
    assert list(overlap.problems([case_of(CASE)], sources)) == []
