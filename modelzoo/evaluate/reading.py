"""The figures of one exported graph on the development parts, as rows of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from modelzoo.corpora.annotated import Passage
from modelzoo.corpora.phrases import Phrase
from modelzoo.corpora.score import Figures, Listen, score
from modelzoo.evaluate.lay_phrases import LayPhrase, ranks
from modelzoo.evaluate.listeners import Embed

# What is read off a set's own kinds, and the published mark it is held against (None: there is none to hold it to).
SET_ROWS: tuple[tuple[str, str], ...] = (
    ("bc5cdr", "BC5CDR"), ("ncbi", "NCBI-disease"), ("psytar", "PsyTAR"), ("maccrobat", "MACCROBAT2020"),
    ("cmdd", "CMDD"), ("cmedqaner", "cMedQANER"),
)  # fmt: skip


def set_figures(listen: Listen, tokenizer: Tokenizer, dev: Sequence[Passage]) -> dict[str, float]:
    """Strict micro F1 by set, signs and symptoms of MACCROBAT, status accuracy of CMDD on found spans."""
    by_source: dict[str, list[Passage]] = defaultdict(list)
    for passage in dev:
        by_source[passage.source].append(passage)
    found: dict[str, float] = {}
    for source, label in SET_ROWS:
        figures: Figures = score(listen, tokenizer, by_source[source])
        found[f"{label}, F1"] = figures.source_f1(source)
        if source == "maccrobat":
            found["MACCROBAT2020, signs and symptoms"] = figures.spans["maccrobat.sign_symptom"].f1
        if source in figures.claims:
            right, every = figures.claims[source]
            found[f"{label}, assertion of found spans"] = right / max(1, every)
    return found


def phrase_figures(embed: Embed, asked: Sequence[LayPhrase], known: Sequence[Phrase]) -> Mapping[str, float]:
    """Lay phrases whose finding comes first and among five, by source and together."""
    wordings = embed([phrase.text.lower() for phrase in known])
    placed = np.array(ranks(embed([p.text.lower() for p in asked]) @ wordings.T, [p.finding for p in known], asked))
    found: dict[str, float] = {}
    for source in (*sorted({p.source for p in asked}), ""):
        own = placed[[p.source == source or not source for p in asked]]
        name = f"lay phrases{', ' + source if source else ''} ({len(own)})"
        found[f"{name}, first"] = float((own < 1).mean())
        found[f"{name}, in five"] = float((own < 5).mean())
    return found


def table(columns: Mapping[str, Mapping[str, float]]) -> str:
    """Markdown: a row a figure, a column a model, in percent."""
    rows = list(dict.fromkeys(name for column in columns.values() for name in column))
    lines = ["| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for row in rows:
        cells = [f"{100 * column[row]:.1f}" if row in column else "" for column in columns.values()]
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def data_folder(path: Path) -> Path:
    """``path`` if it looks like the data folder. Raises ``ValueError`` with what is missing."""
    missing = [name for name in ("en", "zh", "facts") if not (path / name).is_dir()]
    if missing:
        raise ValueError(f"{path} holds no folder {', '.join(missing)}; give the folder of the public data sets")
    return path
