"""One column of the table of figures: everything that is measured of one exported graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from modelzoo.corpora.annotated import Passage
from modelzoo.corpora.phrases import Phrase
from modelzoo.evaluate.assertion import ClaimOf, SuiteCase, suite_figures
from modelzoo.evaluate.lay_phrases import LayPhrase
from modelzoo.evaluate.listeners import claim_reader, embedder, graph_listener, open_graph
from modelzoo.evaluate.reading import phrase_figures, set_figures

LANGUAGES = {"en": "English", "zh": "Chinese"}


@dataclass(frozen=True)
class Exam:
    """What every graph is asked: passages, lay phrases and the wordings to find them among, assertion suites."""

    passages: Sequence[Passage]
    asked: Sequence[LayPhrase]
    known: Sequence[Phrase]
    suites: Mapping[str, Sequence[SuiteCase]]


def column(graph: Path, pieces: Path, exam: Exam) -> dict[str, float]:
    """Figures of ``graph`` with the tokenizer ``pieces``, as shares."""
    session = open_graph(graph)
    whole = Tokenizer.from_file(str(pieces))
    whole.no_truncation()
    whole.no_padding()
    found = set_figures(graph_listener(session), whole, exam.passages)
    found |= phrase_figures(embedder(session, Tokenizer.from_file(str(pieces))), exam.asked, exam.known)
    return found | suite_rows(claim_reader(session, whole), exam.suites, "assertion by ear")


def suite_rows(claim_of: ClaimOf, suites: Mapping[str, Sequence[SuiteCase]], title: str) -> dict[str, float]:
    """Macro F1 and F1 by class of each suite."""
    rows: dict[str, float] = {}
    for language, cases in suites.items():
        figures = suite_figures(claim_of, cases)
        name = f"{title}, {LANGUAGES[language]} suite ({len(cases)})"
        rows[f"{name}, macro F1"] = figures.macro
        rows |= {f"{name}, {claim.value}": value for claim, value in figures.f1.items()}
    return rows
