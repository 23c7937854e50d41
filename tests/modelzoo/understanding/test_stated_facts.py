"""Ages, sex, pregnancy, weight, measurements and durations that a text states, as tables."""

from __future__ import annotations

import pytest

from modelzoo.understanding.durations import durations
from modelzoo.understanding.measurements import measurements
from modelzoo.understanding.numbers import parse_number
from modelzoo.understanding.patient_facts import stated_age, stated_pregnancy, stated_sex, stated_weight
from modelzoo.understanding.text import plain_text

AGES = [
    ("34-year-old woman", 34), ("Pt 55M, chest pain", 55), ("孩子2岁，发热", 2), ("8 months old boy", 8 / 12),
    ("a 3 month old baby", 0.25), ("8个月大的男婴", 8 / 12), ("女，34岁", 34), ("F/34 cough", 34), ("六十岁老太太", 60),
    ("出生10天", 10 / 365.25), ("两岁半女孩", 2.5), ("male, age 45", 45), ("my 5yo daughter", 5), ("32F presents", 32),
    ("cough for 3 weeks", None), ("痛了3个月", None), ("took 2 tablets", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "years"), AGES, ids=[a[0] for a in AGES])
def test_age(text: str, years: float | None) -> None:
    fact = stated_age(plain_text(text).plain)
    assert (fact and fact.value) == (years if years is None else pytest.approx(years, abs=1e-4))


SEXES = [
    ("34-year-old woman", "female"), ("Pt 55M, 胸痛", "male"), ("8个月大的男婴", "male"), ("F/34", "female"),
    ("my son has fever", "male"), ("her husband noticed", "female"), ("老太太头晕", "female"), ("孩子发热", None),
    ("he vomits", "male"), ("she met him", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sex"), SEXES, ids=[s[0] for s in SEXES])
def test_sex(text: str, sex: str | None) -> None:
    fact = stated_sex(plain_text(text).plain)
    assert (fact and fact.value) == sex


@pytest.mark.parametrize(
    ("text", "pregnant"),
    [
        ("25 weeks pregnant", True),
        ("孕32周，头痛", True),
        ("not pregnant", False),
        ("没有怀孕", False),
        ("cough", None),
    ],
)
def test_pregnancy(text: str, pregnant: bool | None) -> None:
    fact = stated_pregnancy(plain_text(text).plain)
    assert (fact and fact.value) == pregnant


@pytest.mark.parametrize(
    ("text", "kg"), [("wt 12 kg", 12), ("体重24斤", 12), ("weighs 110 lbs", 49.9), ("3 kids", None)]
)
def test_weight(text: str, kg: float | None) -> None:
    fact = stated_weight(plain_text(text).plain)
    assert (fact and fact.value) == (kg if kg is None else pytest.approx(kg, abs=0.05))


VITALS = [
    ("T 38.5 HR 110 RR 32 BP 90/60 SpO2 89%",
     {"temperature_c": 38.5, "heart_rate": 110, "respiratory_rate": 32, "systolic_mmhg": 90, "diastolic_mmhg": 60,
      "spo2_percent": 89}),
    ("体温39.5度，血压 150/95，心率110次/分", {"temperature_c": 39.5, "systolic_mmhg": 150, "diastolic_mmhg": 95, "heart_rate": 110}),
    ("temperature of 104°F (40°C)", {"temperature_c": 40.0}),
    ("glucose 252 mg/dL", {"blood_glucose_mmol_l": 14.0}),
    ("MUAC 11.2 cm", {"muac_mm": 112.0}),
    ("fever for 3 days", {}),
    ("fever 38.5 °F", {}),
    ("heart rate 900", {}),
    ("血糖 2.1", {"blood_glucose_mmol_l": 2.1}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "vitals"), VITALS, ids=[v[0] for v in VITALS])
def test_measurements(text: str, vitals: dict[str, float]) -> None:
    found = {m.vital: m.value for m in measurements(plain_text(text).plain) if not m.doubt}
    assert found == pytest.approx(vitals)


@pytest.mark.parametrize("text", ["fever 38.5 °F", "heart rate 900", "T 61 °C"])
def test_an_impossible_measurement_is_questioned(text: str) -> None:
    assert [m for m in measurements(plain_text(text).plain) if m.doubt]


DURATIONS = [
    ("3 days of fever", [3]), ("fever x3d, cough for 2-3 weeks", [3, 21]), ("发热三天，咳嗽", [3]), ("三天前开始发热", [3]),
    ("剧烈胸痛 2 hours", [2 / 24]), ("咳嗽两个多星期", [14]), ("头痛半天", [0.5]), ("since yesterday", [1]), ("一年半", [547.5]),
    ("8 months old", []), ("8个月大", []), ("vomited 3 times a day", []), ("一天三次", []), ("every 4 hours", []), ("10月5日", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), DURATIONS, ids=[d[0] for d in DURATIONS])
def test_durations(text: str, days: list[float]) -> None:
    assert [d.days for d in durations(plain_text(text).plain)] == pytest.approx(days)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十四", 34),
        ("一百二十", 120),
        ("十五", 15),
        ("两", 2),
        ("半", 0.5),
        ("twenty five", 25),
        ("a couple of", 2),
        ("x", None),
    ],
)
def test_number_words(text: str, value: float | None) -> None:
    assert parse_number(text) == value
