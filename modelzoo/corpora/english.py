"""Readers of the English sets: BC5CDR, NCBI-disease, AnatEM, PsyTAR (one token a line) and MACCROBAT2020 (brat)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modelzoo.contract.case import Assertion
from modelzoo.corpora.annotated import CorpusError, Mention, Passage, lines_of, share_of

PROBLEM = "clinic.problem"
# Sentences of one abstract or post follow each other in the files, which mark no end of it; runs of this many stay
# together in a split.
RUN = 20
# Drugs' adverse effects, withdrawal, signs and symptoms, indications: the patient's problems all of them.
_PROBLEMS = frozenset(
    ("bc5cdr.disease", "ncbi.disease", "psytar.adr", "psytar.wd", "psytar.ssi", "psytar.di",
     "maccrobat.sign_symptom", "maccrobat.disease_disorder")
)  # fmt: skip
_MACCROBAT = frozenset(
    "sign_symptom disease_disorder biological_structure severity duration medication history family_history age sex "
    "detailed_description lab_value diagnostic_procedure therapeutic_procedure frequency date dosage".split()
)
_NO_SPACE_BEFORE, _NO_SPACE_AFTER = frozenset(",.;:!?)]%'-/"), frozenset("([-/")


def read_iob(path: Path, source: str, kinds: frozenset[str]) -> Iterator[Passage]:
    """Sentences of a file of ``token<TAB>label`` lines with blank lines between sentences, labels in IOB2."""
    tokens: list[str] = []
    labels: list[str] = []
    count = 0
    for number, line in enumerate([*lines_of(path), ""], start=1):
        if line.strip():
            token, tab, label = line.rstrip("\r").partition("\t")
            known = label == "O" or (label[:2] in ("B-", "I-") and f"{source}.{label[2:].lower()}" in kinds)
            if not tab or not known:
                raise CorpusError(f"{path}:{number}: expected a token, a tab and an IOB label, found {line[:40]!r}")
            tokens.append(token)
            labels.append(label)
        elif tokens:
            yield _sentence(source, f"{count // RUN}", tokens, labels, kinds)
            tokens, labels = [], []
            count += 1


def _sentence(source: str, group: str, tokens: list[str], labels: list[str], kinds: frozenset[str]) -> Passage:
    text, places = _join(tokens)
    mentions: list[Mention] = []
    for index, label in enumerate(labels):
        kind = f"{source}.{label[2:].lower()}"
        start, end = places[index]
        follows = index > 0 and labels[index - 1][2:] == label[2:] and labels[index - 1] != "O"
        if label.startswith("I-") and follows:
            mentions[-1] = Mention(mentions[-1].start, end, kind)
        elif label != "O":
            mentions.append(Mention(start, end, kind))
    return with_problems(Passage(source, group, "en", text, kinds, tuple(mentions)))


def _join(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence as it was probably written, and where each token stands in it."""
    text, places, tight = "", [], True
    for token in tokens:
        joined = tight or token[0] in _NO_SPACE_BEFORE
        text += token if joined else f" {token}"
        places.append((len(text) - len(token), len(text)))
        tight = token in _NO_SPACE_AFTER
    return text, places


def with_problems(passage: Passage) -> Passage:
    """Add the wide kind ``clinic.problem`` for every mention that is one, and say that it was looked for."""
    extra = tuple(
        Mention(m.start, m.end, PROBLEM, m.claims, m.finding) for m in passage.mentions if m.kind in _PROBLEMS
    )
    return Passage(
        passage.source, passage.group, passage.language, passage.text, passage.kinds | {PROBLEM},
        passage.mentions + extra, passage.attachments,
    )  # fmt: skip


def read_maccrobat(path: Path) -> Iterator[Passage]:
    """Lines of the case reports, each with the entities that lie in it."""
    for number, line in enumerate(lines_of(path), start=1):
        if not line.strip():
            continue
        try:
            report = json.loads(line)
            yield from _report(report)
        except (KeyError, IndexError, TypeError, ValueError) as problem:
            raise CorpusError(f"{path}:{number}: not a case report ({problem!r})") from problem


def maccrobat_dev(group: str) -> bool:
    """The set has no development part of its own: one report in five, chosen by hash, is kept for reporting."""
    return share_of(f"maccrobat:{group}", 5)


def _report(report: dict[str, Any]) -> Iterator[Passage]:
    text, key = str(report["text"]), str(report["id"])
    claims = _claims(report)
    entities = []
    for entity in report["entities"]:
        kind = str(entity["label"]).lower()
        (start, end) = entity["spans"][0][0], entity["spans"][-1][1]
        if kind in _MACCROBAT:
            entities.append((int(start), int(end), kind, claims.get(str(entity["id"]))))
    kinds = frozenset(f"maccrobat.{kind}" for kind in _MACCROBAT)
    at = 0
    for line in text.split("\n"):
        inside = [e for e in entities if at <= e[0] and e[1] <= at + len(line)]
        mentions = tuple(
            Mention(a - at, b - at, f"maccrobat.{kind}", _claimed(kind, claim, a, b, entities))
            for a, b, kind, claim in inside
        )
        if line.strip():
            yield with_problems(Passage("maccrobat", key, "en", line, kinds, mentions))
        at += len(line) + 1


def _claims(report: dict[str, Any]) -> dict[str, Assertion]:
    """Assertion of each entity that an attribute of its event speaks of."""
    spans = {str(r[1]): str(r[2]).partition(":")[2] for r in report["relations"] if r[0] == "EVENT"}
    meaning = {"NEG": Assertion.ABSENT, "UNCERTAIN": Assertion.POSSIBLE,
               "MAYBE_POS": Assertion.POSSIBLE, "MAYBE_NEG": Assertion.POSSIBLE}  # fmt: skip
    found = {}
    for name, event, value in (a[:3] for a in report["attributes"] if len(a) >= 3):
        if name == "POLARITY" and value in meaning:
            found[spans.get(str(event), str(event))] = meaning[value]
    return found


def _claimed(
    kind: str, claim: Assertion | None, start: int, end: int, entities: list[tuple[int, int, str, Assertion | None]]
) -> tuple[Assertion, ...]:
    if kind not in ("sign_symptom", "disease_disorder"):
        return ()
    if claim is not None:
        return (claim,)
    around = {k for a, b, k, _ in entities if a <= start and end <= b}
    if "family_history" in around:
        return (Assertion.FAMILY,)
    # A disease inside "history of ..." is past or lasting; the annotation does not say which.
    return (Assertion.HISTORICAL, Assertion.PRESENT) if "history" in around else (Assertion.PRESENT,)
