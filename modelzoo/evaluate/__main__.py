"""``python -m modelzoo.evaluate COMMAND``: measure the reading model that ships, against what it was made from.

table      spans, assertion and lay phrases of the teacher, the student and the shipped graph, side by side
agreement  labels of 1,000 sentences here and on an emulated processor without VNNI
speed      time of a text as ratios: int8, fp32, PyTorch, bare int8 products; peak memory of the engine
sentences  real sentences with what is understood of them, to be read by a person (they stay on this machine)
handout    write claims of generated complaints, wordings and lay phrases for the peers (tests/benchmarks/peers.py)
card       write the figures kept so far into the pack's manifest and its MODEL_CARD.md

Each command keeps its figures in the work folder as ``figures-COMMAND.json``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from modelzoo.runtime.boot import prepare_process

HANDED_OUT = 18_000  # complaints: two epochs of what the model is taught on
_MODELZOO = Path(__file__).resolve().parents[1]


def main() -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(
        prog="python -m modelzoo.evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=(*COMMANDS, "labels"))
    parser.add_argument("--pack", type=Path, default=_MODELZOO / "packs" / "assessment")
    parser.add_argument("--data", type=Path, help="folder of the public data sets")
    parser.add_argument("--work", type=Path, help="folder of the recipe's work, with the fp32 graphs")
    parser.add_argument("--sources", type=Path, default=_MODELZOO / "knowledge" / "sources")
    parser.add_argument("--suites", type=Path, default=_MODELZOO.parent / "tests" / "data" / "assertion")
    parser.add_argument("--part", choices=("tune", "dev"), default="dev", help="tune: for choices; dev: for reporting")
    parser.add_argument("--only", nargs="*", help="columns to measure (table)")
    parser.add_argument("--texts", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    prepare_process()
    if options.command == "labels":
        from modelzoo.evaluate.agreement import labels_of

        print(json.dumps(labels_of(options.pack, json.loads(options.texts.read_text(encoding="utf-8")))))
        return 0
    if options.work is None or (options.data is None and options.command not in ("speed", "card")):
        parser.error("--work is needed, and --data for all but speed and card")
    try:
        COMMANDS[options.command](options)
    except (FileNotFoundError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _keep(path: Path, figures: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def _table(options: argparse.Namespace) -> None:
    from modelzoo.corpora.phrases import read_phrases
    from modelzoo.corpora.sets import read_part
    from modelzoo.engine import PackEngine
    from modelzoo.evaluate.assertion import read_suite
    from modelzoo.evaluate.columns import Exam, column, suite_rows
    from modelzoo.evaluate.lay_phrases import lay_phrases
    from modelzoo.evaluate.reading import data_folder, table

    known = read_phrases(options.sources / "findings")
    data = data_folder(options.data)
    suites = {language: read_suite(options.suites / f"{language}.tsv") for language in ("en", "zh")}
    exam = Exam(read_part(data, options.part), lay_phrases(data, known), known, suites)
    graphs = {
        "teacher": options.work / "teacher.fp32.onnx", "student": options.work / "encoder.fp32.onnx",
        "shipped": options.pack / "encoder.onnx",
    }  # fmt: skip
    columns = {
        name: column(graph, options.pack / "tokenizer.json", exam)
        for name, graph in graphs.items()
        if not options.only or name in options.only
    }
    if "shipped" in columns:
        reader = PackEngine.open(options.pack).reader
        columns["shipped"] |= suite_rows(reader.assertion_of, suites, "assertion by ear and rules")
    _keep(options.work / f"figures-table{'' if options.part == 'dev' else '-tune'}.json", columns)
    print(table(columns))


def _agreement(options: argparse.Namespace) -> None:
    from modelzoo.corpora.sets import read_part
    from modelzoo.evaluate.agreement import agreement, sentences_of

    figures = agreement(options.pack, sentences_of(read_part(options.data, "dev")))
    _keep(options.work / "figures-agreement.json", figures)
    for name, value in figures.items():
        print(f"{name}: {value:.4f}")


def _speed(options: argparse.Namespace) -> None:
    from modelzoo.evaluate.speed import engine_memory, medians, runs_of, summary

    measured = medians(runs_of(options.pack, options.work / "encoder.fp32.onnx"))
    memory = engine_memory(options.pack)
    _keep(options.work / "figures-speed.json", {**measured, "engine_peak_mb": memory})
    print(summary(measured, ("fp32", "PyTorch")))
    print(f"peak memory of a process that opens the engine and reads three texts: {memory} MB")


def _sentences(options: argparse.Namespace) -> None:
    from modelzoo.corpora.sets import read_part
    from modelzoo.engine import PackEngine
    from modelzoo.evaluate.agreement import sentences_of

    engine = PackEngine.open(options.pack)
    chosen = sentences_of(read_part(options.data, "dev"))
    for text in chosen[:: len(chosen) // 40]:
        print(f"\n{text}")
        for finding in engine.understand(text):
            days = f", {finding.duration_days:g} d" if finding.duration_days is not None else ""
            print(f"    {finding.assertion.value:<12}{finding.label}  <- {finding.text}{days}")


def _handout(options: argparse.Namespace) -> None:
    from modelzoo.corpora.complaints import ComplaintWriter
    from modelzoo.corpora.phrases import read_phrases
    from modelzoo.evaluate.lay_phrases import lay_phrases

    known = read_phrases(options.sources / "findings")
    claims = [
        {"claim": m.claims[0].value, "text": p.text, "start": m.start, "end": m.end, "language": p.language}
        for p in ComplaintWriter(options.sources).write(HANDED_OUT, seed=1)
        for m in p.mentions
        if len(m.claims) == 1
    ]
    wordings = [(phrase.finding, phrase.text) for phrase in known]
    asked = [{"text": p.text, "findings": p.findings} for p in lay_phrases(options.data, known)]
    _keep(options.work / "handout.json", {"claims": claims, "wordings": wordings, "asked": asked})


def _card(options: argparse.Namespace) -> None:
    from modelzoo.evaluate.card import write_card

    print(write_card(options.pack, options.work))


COMMANDS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "table": _table, "agreement": _agreement, "speed": _speed, "sentences": _sentences,
    "handout": _handout, "card": _card,
}  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
