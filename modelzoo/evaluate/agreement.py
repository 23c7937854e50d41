"""Do processors agree? The shipped graph's labels here, and once more on an emulated one with AVX2 and no VNNI.

Dynamic int8 multiplies differ between the two kinds of processors: without VNNI, pairs of products are added in 16 bits
and can saturate. Weights of seven bits cannot; the figures show whether that holds for whole sentences.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from modelzoo.contract.manifest import read_manifest
from modelzoo.corpora.annotated import Passage, share_of
from modelzoo.corpora.pieces import ASSERTIONS, PROBLEM
from modelzoo.evaluate.listeners import open_graph
from modelzoo.runtime.listening import listen
from modelzoo.runtime.units import decode

EMULATOR = "qemu-x86_64"
SENTENCES = 1_000
Labels = list[list[str]]  # of each sentence: "kind start end", and the claim of what is a problem


def sentences_of(dev: Sequence[Passage]) -> list[str]:
    """``SENTENCES`` texts of ten characters or more, half in each language, chosen by hash."""
    chosen: list[str] = []
    for language in ("en", "zh"):
        texts = sorted({p.text for p in dev if p.language == language and len(p.text) >= 10})
        one_in = max(1, len(texts) // SENTENCES)
        chosen += [t for t in texts if share_of(f"agreement:{t}", one_in)][: SENTENCES // 2]
    return chosen


def labels_of(pack: Path, texts: Sequence[str]) -> Labels:
    """Every span that the graph of ``pack`` finds in each of ``texts``, with what is claimed of problems."""
    manifest = read_manifest(pack)
    session = open_graph(pack / "encoder.onnx")
    tokenizer = Tokenizer.from_file(str(pack / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    kinds = manifest.encoder.kinds
    found: Labels = []
    for text in texts:
        heard = listen(session.run, tokenizer, text, len(kinds), manifest.encoder.max_tokens)
        labels = []
        for column, kind in enumerate(kinds):
            for low, high in decode(heard.spans[:, column]):
                claim = ASSERTIONS[int(heard.claims[low:high].mean(axis=0).argmax())].value if kind == PROBLEM else ""
                labels.append(f"{kind} {heard.units[low].start} {heard.units[high - 1].end} {claim}".strip())
        found.append(labels)
    return found


def agreement(pack: Path, texts: Sequence[str]) -> dict[str, float]:
    """Shares of sentences whose labels are all the same, and of labels that both give. Raises ``FileNotFoundError``
    where the emulator is not installed."""
    if shutil.which(EMULATOR) is None:
        raise FileNotFoundError(f"{EMULATOR} is not installed; on Debian it comes with the package qemu-user")
    here, there = labels_of(pack, texts), _emulated(pack, texts)
    shared = sum(len(set(a) & set(b)) for a, b in zip(here, there, strict=True))
    given = sum(len(a) + len(b) for a, b in zip(here, there, strict=True))
    return {
        "sentences": len(texts),
        "sentences, all labels the same": sum(a == b for a, b in zip(here, there, strict=True)) / len(texts),
        "labels, the same": 2 * shared / max(1, given),
    }


def _emulated(pack: Path, texts: Sequence[str]) -> Labels:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as given:
        json.dump(list(texts), given)
        given.flush()
        module = [sys.executable, "-m", "modelzoo.evaluate", "labels", "--pack", str(pack), "--texts", given.name]
        answer = subprocess.run([EMULATOR, "-cpu", "Haswell", *module], check=True, capture_output=True, text=True)
    labels: Labels = json.loads(answer.stdout)
    return labels
