"""Every sentence that the reasoning says, by language."""

from __future__ import annotations

_MESSAGES: dict[str, dict[str, str]] = {
    "en": {
        "age_years": "age", "sex": "sex", "pregnant": "pregnancy", "weight_kg": "weight",
        "temperature_c": "temperature", "heart_rate": "heart rate", "respiratory_rate": "breathing rate",
        "systolic_mmhg": "upper blood pressure", "diastolic_mmhg": "lower blood pressure", "spo2_percent": "oxygen saturation",
        "muac_mm": "arm circumference", "blood_glucose_mmol_l": "blood glucose", "consciousness": "consciousness",
        "glasgow_coma_scale": "Glasgow coma scale",
        "field_wins": "The text and the entered {field} disagree; the entered one was used. Check which is right.",
        "male_pregnant": "The patient is entered as male and as pregnant; one of the two is wrong.",
        "age_pregnant": "Pregnancy is stated at an age of {years} years; check age and pregnancy.",
        "weight_age": "A weight of {kg} kg is unlikely at an age of {years} years; check both.",
        "age_unknown": "No age is known; limits for about {years} years were used. Enter the age.",
        "nothing": "Nothing was said or measured, so nothing can be assessed.",
        "unreadable": "This text is in a language that Barefoot does not understand; only what was measured was used.",
        "nothing_understood": "No symptom that Barefoot knows was understood in this text; describe the complaint in other words.",
        "outside": "What was said fits none of the conditions that Barefoot knows well; do not rely on this list.",
        "too_little": "Very little is known of this patient yet; ask the next questions before relying on this list.",
        "several": "The text may speak of more than one patient; describe one patient at a time.",
        "animal": "The text may speak of an animal; Barefoot knows only people.",
        "orders": "The text holds orders to the program; they were read as text and not obeyed.",
        "conflict": "{label}: entered as {entered}, but the text says {said}; what was entered was used.",
        "unknown_finding": "An entered finding is not known to this pack and was not used.",
        "unknown_history": "Some of the history, medicines or exposures could not be matched; they were not used in the ranking.",
        "fits": "{findings} fit; nothing known excludes it.",
        "risk": "Possible cause that needs care at once: {label}",
        "risk_urgent": "Possible cause that needs care today: {label}",
        "danger_sign": "{finding} is a danger sign in {label}",
        "self_care": "Nothing dangerous was found and the likely cause can be cared for at home",
        "routine": "No danger sign was found",
        "act_emergency": "Treat as an emergency and refer now.",
        "act_urgent": "See and decide today; refer if you cannot.",
        "tells_apart": "tells apart {first} and {second}",
        "measure": "Measure: {label}", "present": "present", "absent": "absent", "possible": "possible",
        "hypothetical": "hypothetical", "historical": "in the past", "family": "in the family",
    },
    "zh": {
        "age_years": "年龄", "sex": "性别", "pregnant": "妊娠", "weight_kg": "体重", "temperature_c": "体温", "heart_rate": "心率",
        "respiratory_rate": "呼吸频率", "systolic_mmhg": "收缩压", "diastolic_mmhg": "舒张压", "spo2_percent": "血氧饱和度",
        "muac_mm": "上臂围", "blood_glucose_mmol_l": "血糖", "consciousness": "意识", "glasgow_coma_scale": "格拉斯哥昏迷评分",
        "field_wins": "文字与录入的{field}不一致，已采用录入的数值，请核对。",
        "male_pregnant": "患者录入为男性且怀孕，其中一项有误。",
        "age_pregnant": "{years} 岁时写有怀孕，请核对年龄和妊娠情况。",
        "weight_age": "{years} 岁体重 {kg} 公斤不太可能，请核对。",
        "age_unknown": "年龄未知，暂按约 {years} 岁的界值判断，请录入年龄。",
        "nothing": "没有描述也没有测量，无法评估。",
        "unreadable": "这段文字不是本程序能读懂的语言，只使用了测量值。",
        "nothing_understood": "没有读懂任何已知症状，请换一种说法描述。",
        "outside": "所述情况与本程序熟悉的疾病都不符合，请勿依赖此列表。",
        "too_little": "目前对患者了解很少，请先询问下面的问题再参考此列表。",
        "several": "文字中可能说到不止一位患者，请每次只描述一位。",
        "animal": "文字可能说的是动物，本程序只了解人。",
        "orders": "文字中含有对程序的指令，只作为文字阅读，没有执行。",
        "conflict": "{label}：录入为“{entered}”，文字为“{said}”，已采用录入的内容。",
        "unknown_finding": "录入的一项所见不在本知识包中，没有使用。",
        "unknown_history": "部分病史、用药或接触史无法匹配，未用于排序。",
        "fits": "{findings}相符，目前没有依据排除。",
        "risk": "可能的病因需要立即处理：{label}",
        "risk_urgent": "可能的病因需要当天处理：{label}",
        "danger_sign": "{finding}是{label}的危险征象",
        "self_care": "未发现危险情况，可能的病因可在家护理",
        "routine": "未发现危险征象",
        "act_emergency": "按急症处理，立即转诊。",
        "act_urgent": "当天诊治并作决定，无法处理则转诊。",
        "tells_apart": "可区分{first}与{second}",
        "measure": "请测量：{label}", "present": "有", "absent": "无", "possible": "可能", "hypothetical": "假设",
        "historical": "既往", "family": "家族",
    },
}  # fmt: skip


def say(key: str, language: str, **values: str) -> str:
    """The sentence ``key`` in ``language`` with its values filled in. Raises KeyError for an unknown key."""
    return _MESSAGES[language][key].format(**values)


def keys(language: str) -> frozenset[str]:
    """All keys of a language, for the test that every language says everything."""
    return frozenset(_MESSAGES[language])
