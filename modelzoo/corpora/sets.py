"""The public sets by name: where their files stand, how far their licence was checked, and their fixed splits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from modelzoo.corpora import chinese, english
from modelzoo.corpora.annotated import Passage, in_tune, without_repeats


@dataclass(frozen=True)
class CorpusSet:
    """``train`` and ``dev`` read a part below the data folder. ``verified``: weights trained on it may ship."""

    name: str
    language: str
    licence: str
    verified: bool
    train: Callable[[Path], Iterator[Passage]]
    dev: Callable[[Path], Iterator[Passage]]


def _iob(name: str, folder: str, suffix: str, kinds: str, licence: str, *, verified: bool = True) -> CorpusSet:
    looked_for = frozenset(f"{name}.{kind}" for kind in kinds.split())

    def part(which: str) -> Callable[[Path], Iterator[Passage]]:
        return lambda data: english.read_iob(data / "en" / folder / f"{which}.{suffix}", name, looked_for)

    return CorpusSet(name, "en", licence, verified, part("train"), part("dev"))


def _maccrobat(dev: bool) -> Callable[[Path], Iterator[Passage]]:
    path = Path("en") / "maccrobat2020.train.jsonl"
    return lambda data: (p for p in english.read_maccrobat(data / path) if english.maccrobat_dev(p.group) is dev)


def _cmeee(dev: bool) -> Callable[[Path], Iterator[Passage]]:
    path = Path("zh") / "cmeee.train.txt"
    return lambda data: (p for p in chinese.read_cmeee(data / path) if chinese.cmeee_dev(p.group) is dev)


SETS: tuple[CorpusSet, ...] = (
    _iob("bc5cdr", "ner/BC5CDR", "tsv", "chemical disease", "CC BY 4.0 by the collection"),
    _iob("ncbi", "ner/NCBI-disease", "tsv", "disease", "CC BY 4.0 by the collection"),
    _iob("psytar", "psytar", "txt", "adr wd ssi di", "CC BY 4.0"),
    CorpusSet(
        "maccrobat", "en", "CC BY 4.0 (as remembered, not re-read)", True, _maccrobat(False), _maccrobat(True)
    ),
    CorpusSet(
        "cmdd", "zh", "Apache-2.0 by the benchmark; rights in the dialogues unstated", True,
        lambda data: chinese.read_cmdd(data / "zh" / "cmdd.train.jsonl"),
        lambda data: chinese.read_cmdd(data / "zh" / "cmdd.dev.jsonl"),
    ),
    CorpusSet(
        "cmedqaner", "zh", "Apache-2.0", True,
        lambda data: chinese.read_cmedqaner(data / "zh" / "cmedqaner" / "train.json"),
        lambda data: chinese.read_cmedqaner(data / "zh" / "cmedqaner" / "dev.json"),
    ),
    CorpusSet(
        "cmedic", "zh", "Apache-2.0", True,
        lambda data: chinese.read_cmedic(data / "zh" / "cmedic" / "train.txt"),
        lambda data: chinese.read_cmedic(data / "zh" / "cmedic" / "dev.txt"),
    ),
    _iob("anatem", "ner/AnatEM", "tsv", "anatomy", "CC BY-SA; unverified", verified=False),
    CorpusSet("cmeee", "zh", "MIT by a copyist; unverified", False, _cmeee(False), _cmeee(True)),
)  # fmt: skip


def read_part(data: Path, part: str, *, unverified: bool = False) -> list[Passage]:
    """Passages of ``part`` of every set below the folder ``data``.

    ``part``: ``train`` (nine tenths of the training parts, less what stands in the other two), ``tune`` (the other
    tenth) or ``dev`` (the published development sets, and the fixed shares of sets that have none).
    """
    found: list[Passage] = []
    for one in SETS:
        if not (one.verified or unverified):
            continue
        dev = list(one.dev(data))
        if part == "dev":
            found += dev
            continue
        training = list(one.train(data))
        tune = [p for p in training if in_tune(p)]
        if part == "tune":
            found += without_repeats(tune, dev)
        else:
            found += without_repeats((p for p in training if not in_tune(p)), [*dev, *tune])
    return found
