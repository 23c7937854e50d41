"""The model card of a pack, written from the figures that were kept: what was not measured is not in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from modelzoo.contract.manifest import Manifest
from modelzoo.corpora.sets import SETS
from modelzoo.evaluate.reading import table
from modelzoo.export.pack import write_manifest

KEPT = ("table", "agreement", "speed")
_TITLE = """# Barefoot reading model: model card

A small bilingual (English, Chinese) model that reads a complaint once. Of every word it says whether it belongs to a
problem, what is claimed of it (present, absent, possible, hypothetical, historical, family) and what belongs to it; and
it turns phrases into {width} numbers, so that phrases that mean the same lie near each other. The program uses it to
find findings in a text; it makes no diagnosis and gives no advice. **No clinician has reviewed this model or what is
built on it.**

Pack {pack}. Nothing below was measured on patients.

## Made from

{base}

Both are MIT. The original is multilingual-e5-small (Wang et al.), 12 layers, 250,002 pieces.

## Recipe

`python -m modelzoo.recipes export --data DIR --work DIR`; docs/READING.md says more of each stage. The 12-layer base is
adapted to medical text by masked language modelling, taught all tasks together on the public sets and on complaints
generated from the program's own knowledge, and distilled into six layers of width {width}; {pieces:,} pieces; int8 with
weights of seven bits, one scale a column, so that processors without VNNI give the same.

## Training texts

No text is in this pack. Licences as far as they were checked; sets marked unverified were left out.

| set | language | licence |
|---|---|---|
{sets}
| generated complaints | en, zh | the program's own |

## Files

| file | bytes | SHA-256 |
|---|---|---|
{files}

## Figures

Spans count as right where both ends and the kind are right (strict). The published development sets were not trained
on; of MACCROBAT2020 a fixed share of the reports was kept aside. Lay phrases are those of the Human Phenotype Ontology,
of CMDD and of PsyTAR that no wording of the knowledge holds, mapped to findings by hand; phrases of CMDD and PsyTAR
stand in texts whose spans were trained on, without the finding they mean. The assertion suites were written without
sight of the generator's frames. Numbers in percent.

{figures}

## Limits

- English and Chinese only. Other languages give numbers that mean little, and nothing in the model notices.
- The base was only to be had in 4-bit blocks; what was lost against its original weights is not measured.
- Training texts are case reports, abstracts, drug reviews, questions to doctors on the web, and sentences made from
  frames: not village clinics.
- The suites and the phrase tables were made by those who built the program, not by clinicians.
- Of a text beyond 4,096 pieces only the first part is heard; wordings are matched in all of it.
"""


def write_card(pack: Path, work: Path) -> Path:
    """Write the figures kept in ``work`` into the manifest of ``pack``, and its ``MODEL_CARD.md``."""
    kept = {
        name: json.loads(path.read_text(encoding="utf-8"))
        for name in KEPT
        if (path := work / f"figures-{name}.json").exists()
    }
    manifest = write_manifest(pack, evaluation={"reading": kept})
    path = pack / "MODEL_CARD.md"
    path.write_text(card(manifest, kept), encoding="utf-8")
    return path


def card(manifest: Manifest, kept: Mapping[str, Any]) -> str:
    """The text of the card."""
    rows = (f"| {one.name} | {one.language} | {one.licence} |" for one in SETS if one.verified)
    files = (
        f"| {item.path} | {item.bytes:,} | `{item.sha256}` |"
        for item in manifest.artefacts
        if item.name in ("encoder.onnx", "tokenizer.json")
    )
    shape = manifest.encoder
    return _TITLE.format(
        pack=manifest.pack,
        width=shape.width,
        pieces=shape.pieces,
        base="\n".join(f"- {base}" for base in manifest.artefact("encoder.onnx").base),
        sets="\n".join(rows),
        files="\n".join(files),
        figures=_figures(kept),
    )


def _figures(kept: Mapping[str, Any]) -> str:
    parts = []
    if kept.get("table"):
        parts.append(table(kept["table"]))
    if kept.get("agreement"):
        agreed = kept["agreement"]
        parts.append(
            f"Of {agreed['sentences']:,} sentences, {100 * agreed['sentences, all labels the same']:.1f} % have the"
            " same labels on this processor and on an emulated one with AVX2 and no VNNI; of all labels,"
            f" {100 * agreed['labels, the same']:.2f} %."
        )
    if kept.get("speed"):
        timed = kept["speed"]
        parts.append(
            f"A text of 64 pieces, two threads: int8 takes {timed['int8'] / timed['fp32']:.2f} of fp32's time and"
            f" {timed['int8'] / timed['PyTorch']:.2f} of PyTorch's; the bare int8 matrix products alone would take"
            f" {timed['bare int8 products'] / timed['int8']:.2f} of int8's. A process that opens the engine and reads"
            f" three texts takes {timed['engine_peak_mb']} MB at its peak."
        )
    return "\n\n".join(parts) if parts else "None measured for this build."
