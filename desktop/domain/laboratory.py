"""The simple tests of a village clinic: their names, allowed results, units and possible ranges.

Ranges are what is physically possible (wider than what is normal), so that a slip of the pen is refused.
Source: general medical knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.units import STANDARD_UNIT, accepted_units, to_standard
from modelzoo.contract.case import TestResult
from modelzoo.contract.errors import BadInput
from modelzoo.contract.vitals import PossibleRange, check_number

POSITIVE_NEGATIVE = ("negative", "positive", "invalid")
DIPSTICK = ("negative", "trace", "1+", "2+", "3+", "4+")

RESULT_WORDS_ZH = {"negative": "阴性", "positive": "阳性", "invalid": "无效", "trace": "微量"}


@dataclass(frozen=True, slots=True)
class SimpleTest:
    """One test. Either ``results`` lists the allowed words, or ``limits`` holds unit and possible range."""

    name: str
    label_en: str
    label_zh: str
    results: tuple[str, ...] = ()
    limits: PossibleRange | None = None

    def label(self, language: str) -> str:
        """Return the name of the test in ``en`` or ``zh``."""
        return self.label_zh if language == "zh" else self.label_en

    @property
    def units(self) -> tuple[str, ...]:
        """Units in which a value may be entered, the standard one first; empty for a test that gives a word."""
        return accepted_units(self.name) if self.limits else ()


def _number(name: str, en: str, zh: str, low: float, high: float) -> SimpleTest:
    return SimpleTest(name, en, zh, limits=PossibleRange(name, STANDARD_UNIT[name], low, high, en, zh))


CATALOGUE: dict[str, SimpleTest] = {
    test.name: test
    for test in (
        SimpleTest("malaria_rdt", "Malaria rapid test", "疟疾快速检测", POSITIVE_NEGATIVE),
        _number("haemoglobin", "Haemoglobin", "血红蛋白", 1.0, 25.0),
        _number("glucose", "Blood glucose", "血糖", 0.3, 80.0),
        SimpleTest("urine_protein", "Urine protein", "尿蛋白", DIPSTICK),
        SimpleTest("urine_blood", "Urine blood", "尿潜血", DIPSTICK),
        SimpleTest("urine_leukocytes", "Urine leukocytes", "尿白细胞", DIPSTICK),
        SimpleTest("urine_nitrite", "Urine nitrite", "尿亚硝酸盐", ("negative", "positive")),
        SimpleTest("urine_glucose", "Urine glucose", "尿糖", DIPSTICK),
        SimpleTest("urine_ketones", "Urine ketones", "尿酮体", DIPSTICK),
        SimpleTest("pregnancy_test", "Pregnancy test", "妊娠试验", POSITIVE_NEGATIVE),
        SimpleTest("hiv", "HIV test", "HIV检测", ("non_reactive", "reactive", "invalid", "negative", "positive")),
        SimpleTest("tb", "Tuberculosis test", "结核检测", POSITIVE_NEGATIVE),
    )
}


def check_test(given: TestResult) -> TestResult:
    """Return a test result with its value in the standard unit (two decimals), or the word as allowed.

    A test that the catalogue does not know is kept as given, because a result must not be lost for want of a name.

    Raises:
        BadInput: no result at all, a word that is not allowed, a missing or unknown unit, an impossible value.
    """
    test = CATALOGUE.get(given.name)
    if given.result is None and given.value is None:
        raise BadInput("A test was given without a result.", code="DOM-043", data={"test": given.name})
    if test is None:
        return given
    if test.limits is None:
        word = (given.result or "").strip().casefold()
        if word not in test.results or given.value is not None:
            raise BadInput(
                f"{test.label_en} must be one of: {', '.join(test.results)}.", code="DOM-044", data={"test": test.name}
            )
        return TestResult(test.name, word)
    if given.value is None or given.unit is None:
        raise BadInput(
            f"{test.label_en} needs a number and its unit ({' or '.join(test.units)}).",
            code="DOM-045",
            data={"test": test.name},
        )
    value = check_number(test.limits, round(to_standard(test.name, given.value, given.unit), 2))
    return TestResult(test.name, None, value, test.limits.unit)
