"""Peers of the reading model: medspaCy's ConText rules for assertion, and counting words, beside what ships.

    python3 build/develop.py workshop -m modelzoo.evaluate handout --data DIR --work WORK
    python3 build/develop.py peers --work WORK

It runs in an environment of its own (``build/locks/peers.txt``) and reads what the first command left in the work
folder: generated complaints with their claims, the wordings of the knowledge and the lay phrases. Prints shares.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import medspacy
import numpy as np
from loguru import logger
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

CLAIMS = ("present", "absent", "possible", "hypothetical", "historical", "family")
SUITES = Path(__file__).parents[1] / "data" / "assertion"
NEAR = 40  # characters on each side of a mention that the word counter sees
Case = tuple[str, str, int, int]  # claim, text, start, end
# The first that fires names the claim, as in medspaCy's own attributes; none is presence.
CONTEXT = (
    ("is_family", "family"), ("is_hypothetical", "hypothetical"), ("is_negated", "absent"),
    ("is_historical", "historical"), ("is_uncertain", "possible"),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    work: Path = parser.parse_args().work
    handout = json.loads((work / "handout.json").read_text(encoding="utf-8"))
    for language in ("en", "zh"):
        cases = suite(SUITES / f"{language}.tsv")
        wanted = [case[0] for case in cases]
        if language == "en":
            report("medspaCy ConText, spans given, English suite", wanted, [context(nlp(), case) for case in cases])
        taught = [(m["claim"], m["text"], m["start"], m["end"]) for m in handout["claims"] if m["language"] == language]
        counter = word_counter()
        counter.fit([around(case) for case in taught], [case[0] for case in taught])
        said = list(counter.predict([around(case) for case in cases]))
        report(f"word counting taught on {len(taught)} generated claims, {language} suite", wanted, said)
    phrases(handout)


def suite(path: Path) -> list[Case]:
    """Cases of an assertion suite."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        claim, marked = line.split("\t")
        start, end = marked.index("[["), marked.index("]]") - 2
        cases.append((claim, marked.replace("[[", "").replace("]]", ""), start, end))
    return cases


_NLP: list[Any] = []


def nlp() -> Any:
    """medspaCy with its sentence splitter and ConText, opened once."""
    if not _NLP:
        logger.disable("PyRuSH")  # it writes every token of every text
        _NLP.append(medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_context"]))
    return _NLP[0]


def context(pipeline: Any, case: Case) -> str:
    """What ConText says of the span."""
    _, text, start, end = case
    doc = pipeline.make_doc(text)
    doc.ents = [doc.char_span(start, end, label="PROBLEM", alignment_mode="expand")]
    for _, component in pipeline.pipeline:
        doc = component(doc)
    entity = doc.ents[0]
    return next((claim for attribute, claim in CONTEXT if getattr(entity._, attribute)), "present")


def around(case: Case) -> str:
    """What stands before and behind the mention, marked as such, without the mention."""
    _, text, start, end = case
    sides = (("l", text[max(0, start - NEAR) : start]), ("r", text[end : end + NEAR]))
    words = [
        f"{side}_{w}"
        for side, part in sides
        for w in re.findall(r"[a-z']+|[\u4e00-\u9fff]|[?？()（）+-]", part.lower())
    ]
    return " ".join(words)


def word_counter() -> Any:
    """Logistic regression over words and pairs of words."""
    words = CountVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), min_df=2, binary=True, lowercase=False)
    return make_pipeline(words, LogisticRegression(max_iter=400, C=1.0))


def report(title: str, wanted: Sequence[str], said: Sequence[str]) -> None:
    """Macro F1 and F1 of every class."""
    f1 = {}
    for claim in CLAIMS:
        right = sum(a == b == claim for a, b in zip(wanted, said, strict=True))
        f1[claim] = 2 * right / max(1, sum((a == claim) + (b == claim) for a, b in zip(wanted, said, strict=True)))
    classes = ", ".join(f"{claim} {100 * value:.1f}" for claim, value in f1.items())
    print(f"{title}: macro F1 {100 * sum(f1.values()) / len(f1):.1f} ({classes})")


def phrases(handout: dict[str, Any]) -> None:
    """Lay phrases to findings by counting letters and words: the finding of the most similar wording."""
    owners = np.array([finding for finding, _ in handout["wordings"]])
    texts = [text.lower() for _, text in handout["wordings"]]
    counts = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True),
        TfidfVectorizer(analyzer="word", token_pattern=r"\w+", sublinear_tf=True),
    )
    known = counts.fit_transform(texts)
    near = (counts.transform([p["text"].lower() for p in handout["asked"]]) @ known.T).toarray()
    first = five = 0
    for row, phrase in zip(near, handout["asked"], strict=True):
        ranked = list(dict.fromkeys(owners[np.argsort(-row)[:400]].tolist()))
        right = set(phrase["findings"])
        first += bool(right & set(ranked[:1]))
        five += bool(right & set(ranked[:5]))
    count = len(handout["asked"])
    print(
        f"counting letters and words, {count} lay phrases: first {100 * first / count:.1f}, in five {100 * five / count:.1f}"
    )


if __name__ == "__main__":
    main()
