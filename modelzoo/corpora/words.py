"""Medical word lists that are counted for the vocabulary only; nothing is trained on them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

_OBO_TERM = re.compile(r'^(?:name: (?P<name>.+)|synonym: "(?P<synonym>[^"]+)")')


def vocabulary_words(root: Path) -> list[str]:
    """Terms of the Symptom Ontology and of the Chinese word lists under ``root`` (the data folder), in file order."""
    return list(dict.fromkeys(_words(root / "facts")))


def _words(facts: Path) -> Iterator[str]:
    for line in (facts / "symp.obo").read_text(encoding="utf-8").splitlines():
        match = _OBO_TERM.match(line)
        if match:
            yield match["name"] or match["synonym"]
    for line in (facts / "zh" / "THUOCL_medical.txt").read_text(encoding="utf-8").splitlines():
        yield line.partition("\t")[0].strip()
    yield from (facts / "zh" / "remedi_symptoms.txt").read_text(encoding="utf-8").split(",")
    for line in (facts / "zh" / "cmekg_diseases.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["name"]
