"""Public sets of told cases, read from a folder and scored as they are: for reporting, nothing was chosen by them.

``semigran_vignettes.jsonl``: 45 vignettes with diagnosis and urgency (Semigran et al. 2015).
``agentclinic_medqa.jsonl``: 107 examination cases, told here from history and examination, without the tests.
``symptom2disease.csv``: 1,200 lay descriptions of 24 conditions.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from modelzoo.contract.assessment import Assessment, Candidate
from modelzoo.contract.case import Case
from modelzoo.contract.engine import Engine
from modelzoo.contract.errors import BadInput
from modelzoo.evidence.cases import LEVELS
from modelzoo.evidence.metrics import Share
from modelzoo.understanding.tokens import stem

DEPTHS = (1, 3, 5, 20)
# Words that many names share: they alone make no two names the same.
_EMPTY = frozenset(
    "acute chronic of the and or a an with disease syndrome infection due to in acceptable viral bacterial".split()
)
_URGENCY = {"em": ("emergency",), "ne": ("urgent", "routine"), "sc": ("self_care",)}
# Labels of Symptom2Disease whose condition has another name here, or several forms.
_LABELS = {
    "Arthritis": ("osteoarthritis", "rheumatoid_arthritis"),
    "Cervical spondylosis": ("cervical_radiculopathy", "neck_strain"),
    "Dimorphic Hemorrhoids": ("haemorrhoids", "thrombosed_haemorrhoid"),
    "Fungal infection": ("tinea_corporis", "tinea_pedis"),
    "Hypertension": ("hypertension",),
    "Jaundice": ("acute_hepatitis",),
    "Pneumonia": ("community_acquired_pneumonia", "severe_pneumonia"),
    "Varicose Veins": ("varicose_veins",),
    "Acne": ("acne_vulgaris",),
    "allergy": ("allergic_rhinitis", "allergic_conjunctivitis", "food_allergy"),
    "diabetes": ("type_1_diabetes", "type_2_diabetes"),
    "drug reaction": ("drug_eruption", "drug_hypersensitivity_dress"),
    "urinary tract infection": ("cystitis", "pyelonephritis"),
}
Right = Callable[[Candidate], bool]


@dataclass(frozen=True, slots=True)
class Told:
    """One case of a public set; ``right``: whether a candidate names its diagnosis; ``urgency``: as Semigran has it."""

    text: str
    diagnosis: str
    right: Right
    age_years: float | None = None
    urgency: str | None = None


def benchmarks(folder: Path) -> dict[str, Callable[[], Iterator[Told]]]:
    """The sets that the folder holds, by name. Raises BadInput where it holds none."""
    readers: dict[str, Callable[[Path], Iterable[Told]]] = {
        "semigran_vignettes.jsonl": _semigran, "agentclinic_medqa.jsonl": _examinations,
        "symptom2disease.csv": _descriptions,
    }  # fmt: skip
    found = {name: _parsed(read, folder / name) for name, read in readers.items() if (folder / name).is_file()}
    if not found:
        raise BadInput(f"The folder holds none of {', '.join(readers)}.", code="EVI-002")
    return found


def score(engine: Engine, cases: Iterable[Told]) -> dict[str, Any]:
    """Shares by depth and, where the set knows urgency, triage."""
    hits: Counter[int] = Counter()
    levels: Counter[tuple[str, str]] = Counter()
    by_diagnosis: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    total = 0
    for total, told in enumerate(cases, 1):
        answer = engine.assess(Case(id=str(total), text=told.text, age_years=told.age_years))
        place = _place(answer, told.right)
        hits.update(depth for depth in DEPTHS if place <= depth)
        by_diagnosis[told.diagnosis] += 1
        missed[told.diagnosis] += place > DEPTHS[1]
        if told.urgency:
            levels[told.urgency, str(answer.triage.level)] += 1
    out: dict[str, Any] = {"in " + str(depth): Share(hits[depth], total) for depth in DEPTHS}
    out["diagnoses never in three"] = sorted(d for d, n in by_diagnosis.items() if missed[d] == n)
    return out | (_triage(levels) if levels else {})


def _triage(levels: Mapping[tuple[str, str], int]) -> dict[str, Share]:
    def among(of: Sequence[str], holds: Callable[[str, str], bool]) -> Share:
        chosen = [(key, count) for key, count in levels.items() if key[0] in of]
        return Share(sum(n for key, n in chosen if holds(*key)), sum(n for _, n in chosen))

    def too_low(urgency: str, level: str) -> bool:
        return LEVELS.index(level) < min(LEVELS.index(accepted) for accepted in _URGENCY[urgency])

    everything = tuple(_URGENCY)
    return {
        "triage right": among(everything, lambda urgency, level: level in _URGENCY[urgency]),
        "triage too low": among(everything, too_low),
        "emergencies caught": among(("em",), lambda _, level: level == "emergency"),
        "self-care called emergency": among(("sc",), lambda _, level: level == "emergency"),
    }


def _place(answer: Assessment, right: Right) -> int:
    places = (place for place, candidate in enumerate(answer.differential, 1) if right(candidate))
    return next(places, DEPTHS[-1] + 1)


def _parsed(read: Callable[[Path], Iterable[Told]], path: Path) -> Callable[[], Iterator[Told]]:
    def cases() -> Iterator[Told]:
        try:
            yield from read(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{path.name} is not of the form that is known ({type(error).__name__})."
            raise BadInput(message, code="EVI-002") from error

    return cases


def _semigran(path: Path) -> Iterator[Told]:
    for case in _objects(path):
        wanted = case["correct_diagnosis"]
        yield Told(case["case_description"], wanted, named(wanted), urgency=case["urgency_level"])


def _examinations(path: Path) -> Iterator[Told]:
    for case in _objects(path):
        told = case["OSCE_Examination"]
        text = " ".join([*_sentences(told["Patient_Actor"]), *_sentences(told["Physical_Examination_Findings"])])
        wanted = told["Correct_Diagnosis"]
        yield Told(text, wanted, named(wanted, strict=True))


def _descriptions(path: Path) -> Iterator[Told]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            label = row["label"]
            ids = _LABELS.get(label)
            yield Told(row["text"], label, named(label) if ids is None else _one_of(ids))


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _sentences(part: Any, name: str = "") -> Iterator[str]:
    """A nested record as prose; a short entry keeps the name it stands under ("Reflexes: normal")."""
    if isinstance(part, Mapping):
        for key, inner in part.items():
            yield from _sentences(inner, key.replace("_", " "))
    elif isinstance(part, list):
        yield from _sentences(", ".join(map(str, part)), name)
    elif part:
        said = str(part).rstrip(".")
        yield f"{said}." if len(said.split()) > 6 or not name else f"{name}: {said}."


def named(diagnosis: str, *, strict: bool = False) -> Right:
    """Whether a candidate's name or synonym and the diagnosis name each other: every content word of the shorter one
    stands in the longer one. ``strict``: a shorter one of a single word must be the whole name."""
    wanted = [words(part) for part in re.split(r"[(),;/]|\bor\b", diagnosis) if words(part)]

    def same(one: frozenset[str], other: frozenset[str]) -> bool:
        shorter, longer = sorted((one, other), key=len)
        return bool(shorter) and shorter <= longer and (not strict or len(shorter) > 1 or len(longer) == 1)

    def right(candidate: Candidate) -> bool:
        offered = [words(name) for name in (candidate.label, *candidate.synonyms)]
        return any(same(one, other) for one in wanted for other in offered)

    return right


def _one_of(ids: Sequence[str]) -> Right:
    return lambda candidate: candidate.id in ids


def words(name: str) -> frozenset[str]:
    """Stems of the words of a name that carry it."""
    found = {stem(word) for word in re.findall(r"[a-z]+", name.lower())}
    return frozenset(found - {stem(word) for word in _EMPTY}) or frozenset(found)
