"""What small changes of a text do to the answer, and whether people are answered alike.

``python -m tests.benchmarks.robustness [--every N]``, on the open worked cases. Prints; asserts nothing.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np

import modelzoo
from modelzoo.contract.assessment import Assessment
from modelzoo.contract.case import Case
from modelzoo.evidence.cases import WorkedCase, open_cases
from modelzoo.evidence.metrics import Share

IDLE = {
    "en": ("Good morning, thank you for seeing us. ", " We came by bus and the road was muddy."),
    "zh": ("您好，麻烦您了。", "我们坐车来的，路上下着雨。"),
}
_SENTENCE = re.compile(r"[^.!?。！？]+[.!?。！？]?\s*")
Change = Callable[[WorkedCase, np.random.Generator], str]


def typos(worked: WorkedCase, rng: np.random.Generator) -> str:
    """Two letters swapped in one English word of twelve; one Han character of thirty dropped."""
    text = list(worked.case.text)
    for match in re.finditer(r"[A-Za-z]{4,}", worked.case.text):
        if rng.random() < 1 / 12:
            at = match.start() + 1 + int(rng.integers(0, len(match.group()) - 2))
            text[at], text[at + 1] = text[at + 1], text[at]
    return "".join(c for c in text if not ("\u4e00" <= c <= "\u9fff" and rng.random() < 1 / 30))


def turned(worked: WorkedCase, _: np.random.Generator) -> str:
    """Sentences in reverse order."""
    return " ".join(part.strip() for part in reversed(_SENTENCE.findall(worked.case.text)))


def with_idle_words(worked: WorkedCase, _: np.random.Generator) -> str:
    """Politeness in front, the road behind."""
    before, after = IDLE["zh" if worked.language == "zh" else "en"]
    return before + worked.case.text + after


CHANGES: dict[str, Change] = {
    "typos": typos,
    "lower case": lambda w, _: w.case.text.lower(),
    "capitals": lambda w, _: w.case.text.upper(),
    "no marks": lambda w, _: re.sub(r"[,;，；、。]|\.(?!\d)", " ", w.case.text),
    "sentences turned round": turned,
    "idle words": with_idle_words,
    "lines and spaces": lambda w, _: re.sub(r"([.。！!?？])\s*", r"\1\n  ", w.case.text),
}


def first(answer: Assessment, count: int = 3) -> frozenset[str]:
    """The first candidates as a set."""
    return frozenset(c.id for c in answer.differential[:count])


def kept(name: str, pairs: list[tuple[WorkedCase, Assessment, Assessment]]) -> str:
    """One row: same first three, right one still among them, same level."""
    had = [(w, a, b) for w, a, b in pairs if first(a) & w.right]
    shares = (
        Share(sum(first(a) == first(b) for _, a, b in pairs), len(pairs)),
        Share(sum(bool(first(b) & w.right) for w, _, b in had), len(had)),
        Share(sum(a.triage.level == b.triage.level for _, a, b in pairs), len(pairs)),
    )
    return f"{name:<24}" + "".join(f"{100 * share.value:>10.1f}" for share in shares) + f"{len(pairs):>8}"


def main() -> None:
    """Print one row a change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=10)
    cases = open_cases()[:: parser.parse_args().every]
    engine, knowledge = modelzoo.open_engine(), modelzoo.open_knowledge().knowledge
    plain = {w.case.id: engine.assess(w.case) for w in cases}
    print(f"{'change':<24}{'same 3':>10}{'right in 3':>10}{'level':>10}{'cases':>8}")

    def row(name: str, changed: dict[str, Case]) -> None:
        chosen = [w for w in cases if w.case.id in changed]
        print(kept(name, [(w, plain[w.case.id], engine.assess(changed[w.case.id])) for w in chosen]), flush=True)

    for name, change in CHANGES.items():
        drawn = {w.case.id: np.random.default_rng(zlib.crc32(w.case.id.encode())) for w in cases}
        row(name, {w.case.id: replace(w.case, text=change(w, drawn[w.case.id])) for w in cases})
    other = {"female": "male", "male": "female"}
    alike = [
        w for w in cases
        if w.case.sex and w.case.pregnant is None and w.right
        and all(len(set(knowledge.conditions[c].sex.values())) <= 1 for c in first(plain[w.case.id]) | w.right)
        and all(knowledge.conditions[c].pregnancy not in ("only", "never", "more", "postpartum") for c in first(plain[w.case.id]) | w.right)
    ]  # fmt: skip
    row("only the sex changed", {w.case.id: replace(w.case, sex=other[str(w.case.sex)]) for w in alike})
    adults = [w for w in cases if w.case.age_years and 22 <= w.case.age_years <= 36]
    row("two years older", {w.case.id: replace(w.case, age_years=float(w.case.age_years or 0) + 2) for w in adults})


if __name__ == "__main__":
    main()
