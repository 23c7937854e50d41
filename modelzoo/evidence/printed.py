"""A report as plain data for JSON, and as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from modelzoo.evidence.metrics import Share

_PERCENT = 100.0


def as_data(value: Any) -> Any:
    """``value`` with every share as an object of its ends and counts."""
    if isinstance(value, Share):
        low, high = value.interval
        return {"value": value.value, "low": low, "high": high, "hits": value.hits, "total": value.total}
    if isinstance(value, Mapping):
        return {key: as_data(inner) for key, inner in value.items()}
    return [as_data(inner) for inner in value] if isinstance(value, list) else value


def lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """The answer of ``barefoot evidence``, line by line."""
    yield from (f"{name}: {value}" for name, value in answer["built_from"].items())
    worked = answer["worked_cases"]
    yield from ("", f"{worked['cases']} worked cases")
    yield from _shares(worked["figures"])
    for one in worked["calibration"]:
        curve = ", ".join(f"{b['said']:.2f}>{b['came']:.2f}" for b in one["curve"])
        yield f"cases drawn {one['sampling']}: calibration error {one['error']:.3f}, Brier {one['brier']:.3f}; {curve}"
    for key, title in (
        ("none_of_these_auroc", "none of these, AUROC"),
        ("text_reader_median_share", "the text reader's median share of the weights"),
    ):
        if worked[key] is not None:
            yield f"{title}: {worked[key]:.3f}"
    yield f"weights sum to the score within {worked['largest_gap_of_an_explanation']:.1e}"
    for title, groups in worked["groups"].items():
        yield from ("", f"{title:<24}" + "".join(f"{name:>10}" for name in next(iter(groups.values()), {})))
        for name, shares in groups.items():
            yield f"{name:<24}" + "".join(f"{_PERCENT * share.value:>10.0f}" for share in shares.values())
    fired = ", ".join(f"{rule} {count:.1f}" for rule, count in worked["alarms_per_100_mild"].items())
    yield from ("", f"urgent or emergency, per 100 cases that need neither, by what fired: {fired or 'none'}")
    for name, scored in answer["benchmarks"].items():
        yield from ("", name)
        yield from _shares(scored)
        if never := scored["diagnoses never in three"]:
            yield f"never in the first three: {', '.join(never)}"


def _shares(named: Mapping[str, Any]) -> Iterator[str]:
    return (f"  {name:<32}{share}" for name, share in named.items() if isinstance(share, Share))
