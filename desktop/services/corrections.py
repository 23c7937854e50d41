"""What the clinician corrected in how texts were read, as passages that a later version can learn from.

Only sentences with a corrected finding are taken, and what could tell who is meant is masked character for character,
so that offsets stay right. Masks miss things: a person reads every sentence before it is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.encounter import Encounter
from desktop.domain.patient import Patient
from modelzoo.contract.assessment import Finding
from modelzoo.contract.case import Assertion, Observation

PROBLEM = "clinic.problem"
MASK = "·"
_SENTENCE = re.compile(r"[^.!?。！？;；\n]*[.!?。！？;；\n]?")
_TELLING = (
    re.compile(r"\S+@\S+"),
    re.compile(r"\+?\d[\d -]{5,}\d"),  # telephone numbers, numbers of papers
    re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b"),
    re.compile(r"\d{4}\s*年|\d{1,2}\s*月\s*\d{1,2}\s*[日号]"),
    re.compile(r"\b(?:19|20)\d\d\b"),
    re.compile(r"\b(?:mr|mrs|ms|miss|dr|sister|brother|father|mother)\.?\s+[A-Z]\w+", re.IGNORECASE),
    re.compile(r"[\u4e00-\u9fff]{1,3}(?:先生|女士|医生|大夫|师傅|村|镇|乡|县)"),
    re.compile(r"(?:叫|名叫|姓)[\u4e00-\u9fff]{1,4}"),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A masked sentence; ``said`` are the findings in it that were corrected: start, end, finding, and what is claimed
    (None: the words do not mean this finding)."""

    text: str
    said: tuple[tuple[int, int, str, Assertion | None], ...]

    def passage(self, group: str) -> str:
        """One JSON line in the form of ``modelzoo.corpora.annotated``."""
        mentions = [
            {"start": start, "end": end, "kind": PROBLEM, "claims": [claim.value], "finding": finding}
            for start, end, finding, claim in self.said
            if claim is not None
        ]
        han = sum("\u4e00" <= c <= "\u9fff" for c in self.text) * 2 > len(self.text)
        passage = {
            "source": "corrected", "group": group, "language": "zh" if han else "en", "text": self.text,
            "kinds": [PROBLEM], "mentions": mentions, "attachments": [],
        }  # fmt: skip
        return json.dumps(passage, ensure_ascii=False)


def corrections_of(visit: Encounter, patient: Patient, read: Sequence[Finding]) -> Iterator[Correction]:
    """Corrected sentences of one visit, masked, in the order of the text; ``read``: what its text is understood to say
    by the version that is to learn."""
    said = {o.finding: o for o in visit.observations}
    changed = [(f.start, f.end, said[f.id]) for f in read if f.id in said and _differs(said[f.id], f.assertion)]
    for match in _SENTENCE.finditer(visit.text):
        start, end = match.span()
        own = tuple(
            (low - start, high - start, o.finding, None if o.rejected else o.assertion)
            for low, high, o in changed
            if low is not None and high is not None and start <= low and high <= end
        )
        if own:
            yield Correction(masked(match.group(), patient), own)


def _differs(observation: Observation, read: Assertion) -> bool:
    return observation.rejected or observation.assertion not in (None, read)


def masked(text: str, patient: Patient) -> str:
    """``text`` with the patient's name and place, numbers of papers and telephones and dates masked in place."""
    # Whoever speaks of 王小兰 says 小兰: the given name of a Chinese name is masked by itself.
    given = patient.name[1:] if re.fullmatch(r"[\u4e00-\u9fff]{3,4}", patient.name) else ""
    own = [patient.name, given, *patient.name.split(), patient.village, patient.phone, patient.local_number]
    patterns = [re.compile(re.escape(word), re.IGNORECASE) for word in own if len(word.strip()) > 1]
    for pattern in (*patterns, *_TELLING):
        text = pattern.sub(lambda match: re.sub(r"\S", MASK, match.group()), text)
    return text
