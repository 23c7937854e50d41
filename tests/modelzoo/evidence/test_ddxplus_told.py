from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks.ddxplus_told import statement, told


@pytest.mark.parametrize(
    ("question", "values", "most", "said"),
    [
        ("Do you have a stiff knee (either left or right)?", [], 0, "I have a stiff knee."),
        ("Have you ever had a broken bone?", [], 0, "I have had a broken bone."),
        ("Are you limping or do you fall often?", [], 0, "I am limping or I fall often."),
        ("Is your toe or the tip of your thumb blue?", [], 0, "My toe or the tip of my thumb is blue."),
        ("Did you twist your ankle?", [], 0, "I twisted my ankle."),
        ("Did your foot suddenly turn cold?", [], 0, "My foot suddenly turned cold."),
        ("Did you lose your voice?", [], 0, "I lost my voice."),
        ("Do you currently, or did you ever, have any cramps?", [], 0, "I currently have cramps."),
        ("Does your father snore?", [], 0, "My father snores."),
        ("Does the person have hiccups?", [], 0, "I have hiccups."),
        ("Do you feel that you are shaking when noises wake you?", [], 0, "I feel that I am shaking when noises wake me."),
        ("Have any of your family members been deaf?", [], 0, "Some of my family members have been deaf."),
        ("Are there any members of your family who limp?", [], 0, "There are members of my family who limp."),
        ("In the last week, have you met anyone with lice?", [], 0, "In the last week, I have met someone with lice."),
        ("How strong is the cramp?", ["7"], 10, "The cramp is 7 out of 10 strong."),
        ("How quickly did the cramp start?", ["3"], 10, "The cramp started 3 out of 10 quickly."),
        ("Is the bump hard?", ["5"], 10, "The bump is hard, 5 out of 10."),
        ("Do your nails break?", ["Y"], 0, "My nails break."),
        ("Characterize your cramp:", ["dull", "a bite"], 0, "My cramp is dull and like a bite."),
        ("What shape is the bump?", ["round"], 0, "The bump is round."),
        ("Where is the bump located?", ["heel(R)", "heel(L)", "chin"], 0,
         "The bump is located in the right and left heel and in the chin."),
        ("Do you feel cramps somewhere?", ["toe (1)(L)", "under the knee"], 0,
         "I feel cramps in the left toe and under the knee."),
        ("Does the cramp spread to another location?", ["hip(R)"], 0, "The cramp spreads to the right hip."),
    ],
)  # fmt: skip
def test_a_question_answered_becomes_a_statement(question: str, values: list[str], most: int, said: str) -> None:
    assert statement(question, values, most) == said


def asked(question: str, **other: Any) -> dict[str, Any]:
    return {
        "question_en": question, "code_question": "Q_1", "is_antecedent": False, "data_type": "B", "default_value": 0,
        "possible-values": [], "value_meaning": {},
    } | other  # fmt: skip


def test_what_led_to_the_visit_comes_first_and_what_says_nothing_is_left_out() -> None:
    places = {"V_1": {"en": "nowhere"}, "V_2": {"en": "heel"}, "V_3": {"en": "chin"}}
    questions = {
        "Q_1": asked("Do you have cramps?"),
        "Q_2": asked("Where is the cramp located?", data_type="M", default_value="V_1", value_meaning=places),
        "Q_3": asked("How strong is the cramp?", data_type="C", **{"possible-values": [0, 1, 2, 3]}),
        "Q_4": asked("Do you limp?", code_question="Q_4"),
        "Q_5": asked("Do you ride horses?", code_question="Q_5", is_antecedent=True),
    }
    codes = ["Q_5", "Q_4", "Q_1", "Q_2_@_V_2", "Q_2_@_V_3", "Q_3_@_2"]
    said = "I have cramps. The cramp is located in the heel and in the chin. The cramp is 2 out of 3 strong. I limp."
    assert told(codes, "Q_1", questions) == f"{said} I ride horses."
    assert told(["Q_1", "Q_2_@_V_1", "Q_3_@_0"], "Q_1", questions) == "I have cramps."
