"""The model card of a pack, written from measured figures: what was not measured is not in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from modelzoo.contract.manifest import Manifest

_TITLE = """# Barefoot encoder: model card

A small bilingual (English, Chinese) sentence encoder. It turns a phrase or a sentence of a complaint into {width}
numbers, so that phrases that mean the same lie near each other. The program uses it to link a patient's own words to
findings; it makes no diagnosis and gives no advice. **No clinician has reviewed this model or what is built on it.**

Pack {pack}. Nothing below was measured on patients.
"""

_LIMITS = """
## Limits

- English and Chinese only. Other languages give numbers that mean little, and nothing in the encoder notices.
- The base was only to be had in 4-bit blocks; what was lost against its original weights is not measured.
- Negation, time and who has the complaint are not its task: "no fever" lies close to "fever". Rules read those.
- Training texts are case reports, abstracts, drug reviews, questions to doctors on the web: not village clinics.
- Wordings held out from training come from the same hands as those trained on; real patients word things otherwise,
  so the figures above are an upper bound.
- Texts beyond {max_tokens} pieces are cut off.
"""


def write_model_card(
    pack: Path,
    manifest: Manifest,
    recipe: Mapping[str, Any],
    data: Sequence[tuple[str, str, str]],
) -> Path:
    """Write ``MODEL_CARD.md``. ``recipe``: facts of the run; ``data``: name, language and licence of each text set."""
    shape = manifest.encoder
    parts = [
        _TITLE.format(width=shape.width, pack=manifest.pack),
        "\n## Made from\n",
        *(f"- {base}" for base in manifest.artefact("encoder.onnx").base),
        "\nBoth are MIT. The original is multilingual-e5-small (Wang et al.), 12 layers, 250,002 pieces.\n",
        "\n## Recipe\n",
        *(f"- {name}: {value}" for name, value in recipe.items()),
        "\n## Training texts\n",
        "No text is in this pack. Licences as far as they were checked; sets marked unverified were left out.\n",
        "| set | language | licence |\n|---|---|---|",
        *(f"| {name} | {language} | {licence} |" for name, language, licence in data),
        "\n## Files\n",
        "| file | bytes | SHA-256 |\n|---|---|---|",
        *(
            f"| {item.path} | {item.bytes:,} | `{item.sha256}` |"
            for item in manifest.artefacts
            if item.name in ("encoder.onnx", "tokenizer.json")
        ),
        "\n## Figures\n",
        _figures(manifest.evaluation.get("encoder", {})),
        _LIMITS.format(max_tokens=shape.max_tokens),
    ]
    path = pack / "MODEL_CARD.md"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def _figures(evaluation: Mapping[str, Any]) -> str:
    lines: list[str] = []
    linking: Mapping[str, Any] = evaluation.get("linking", {})
    if linking:
        lines += [
            "Held-out lay wordings (one in ten, chosen by hash) that find their own finding by the nearest wording",
            f"that was not held out, among {evaluation['findings']} findings; first / among five. `en_to_zh`: an",
            "English wording against Chinese wordings alone.\n",
        ]
        tasks = list(next(iter(linking.values())))
        lines.append("| model | " + " | ".join(tasks) + " |")
        lines.append("|---" * (len(tasks) + 1) + "|")
        for model, figures in linking.items():
            cells = (f"{figures[task]['first']:.3f} / {figures[task]['in_five']:.3f}" for task in tasks)
            lines.append(f"| {model} | " + " | ".join(cells) + " |")
        counts = ", ".join(f"{task} {figures['count']}" for task, figures in next(iter(linking.values())).items())
        lines.append(f"\nHeld-out wordings: {counts}.")
    for name, title in (
        ("agreement", "Nearness to the 12-layer teacher on texts of the dev parts (not trained on)"),
        ("parity", "int8 against fp32, worst cosine over the golden inputs"),
    ):
        if evaluation.get(name):
            lines.append(f"\n{title}:\n")
            lines.extend(f"- {key}: {_plain(value)}" for key, value in evaluation[name].items())
    return "\n".join(lines) if lines else "None measured for this build."


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key.replace('_', ' ')} {number}" for key, number in value.items())
    return str(value)
