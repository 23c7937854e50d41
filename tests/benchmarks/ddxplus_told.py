"""What a patient of DDXPlus says: questions answered, turned into statements in the first person by a few rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_EMPTY = ("nowhere", "NA", "N")
# French words that the set's English mistook
_MEANT = {"heartbreaking": "tearing", "haunting": "throbbing", "tedious": "hard to bear", "palace": "palate"}
_PAST = {"lose": "lost", "eat": "ate", "have": "had"}
_TIDY = (
    (r" ?\((?:or|either|any) [^)]*\)", ""), (r",? or (?:do|did) you (?:currently|ever),", ""), (r" ever\b", ""),
    (r"^Does the person\b", "Do you"), (r"\bany (?=of )|(?<=^Do )any |(?<=you or )any ", "some "),
    (r"\bany (?!other)", ""), (r"\banyone\b", "someone"), (r"\s+", " "),
)  # fmt: skip
_WHO = (
    r"((?:you or )?(?:some|a)(?: members?)? of your(?: \w+)* (?:family|members)|you or some member of your family|"
    r"(?:your|the) \w+(?: or (?:the \w+ of )?(?:your )?\w+)*|you|there)"
)
_CLAUSE = re.compile(r"(,? or )(?=(?:do|did|are|were|have|is|has) (?:you|your|a member)\b)")
_FIRST = (
    (r"\byou are\b", "I am"), (r"\byou were\b", "I was"), (r"\byou[’']re\b", "I’m"), (r"\byour\b", "my"),
    (r"\b(keeping|wake|as|to|for|with|of) you\b", r"\1 me"), (r"\byou\b", "I"),
)  # fmt: skip
Questions = Mapping[str, Mapping[str, Any]]


def statement(question: str, values: Sequence[str] = (), most: int = 0) -> str:
    """What a patient says who answers ``question`` with yes, or with ``values``: words, or a number up to ``most``."""
    said = question.strip().rstrip("?: ")
    for pattern, tidy in _TIDY:
        said = re.sub(pattern, tidy, said)
    opening, said = re.fullmatch(r"(In [^,]+, )?(.+)", said).groups("")  # type: ignore[union-attr]
    said = opening + "".join(p if n % 2 else _turned(p) for n, p in enumerate(_CLAUSE.split(said)))
    for pattern, own in _FIRST:
        said = re.sub(pattern, own, said)
    said = _with(said, values, most) if values else said
    return said[0].upper() + said[1:] + "."


def _with(said: str, values: Sequence[str], most: int) -> str:
    words = _sided(values)
    for there, way in (("to another location", "to"), ("somewhere", "in"), ("{there}", "in")):
        if there in said:
            return said.replace(there, _listed([v if re.match("under|above", v) else f"{way} the {v}" for v in words]))
    value = f"{values[0]} out of {most}" if most else _listed(["like " + v if v[:2] == "a " else v for v in words])
    if "{}" in said:
        return said.replace("{}", value)
    return said if values[0] == "Y" else f"{said}, {value}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _turned(clause: str) -> str:
    """One question as a statement, still in the second person; ``{}`` where a value belongs."""
    asked = clause[0].lower() + clause[1:]
    if found := re.fullmatch(rf"how (\w+) (is|are|did) {_WHO}(.*)", asked):
        how, verb, who, rest = found.groups()
        if verb == "did":
            return f"{who}{_past(rest)} {{}} {how}"
        return f"{who} {verb} {{}} {how}{rest}" if how.endswith("ly") else f"{who}{rest} {verb} {{}} {how}"
    if found := re.fullmatch(rf"(?:what \w+ (is|are) |(characterize) ){_WHO}", asked):
        return f"{found[3]} {found[1] or 'is'} {{}}"
    if found := re.fullmatch(r"where (is|are) (.+) located", asked):
        return f"{found[2]} {found[1]} located {{there}}"
    if found := re.match(rf"(is|are|were|has|have|do|does|did) {_WHO}(?= )", asked):
        rest = asked[found.end() :]
        if found[1] == "did":
            return found[2] + _past(rest)
        if found[1] == "does":
            return found[2] + re.sub(r"^ (\w+)", r" \1s", rest)
        return f"{found[2]}{rest}" if found[1] == "do" else f"{found[2]} {found[1]}{rest}"
    return clause


def _past(rest: str) -> str:
    return re.sub(r"^((?: \w+ly)? )(\w+)", lambda m: m[1] + _PAST.get(m[2], m[2] + "ed"), rest)


def _sided(values: Sequence[str]) -> list[str]:
    """Values in plain words; right and left of the same place together."""
    sides: dict[str, list[str]] = {}
    for value in values:
        place, right, left = re.fullmatch(r"(.*?)(\(R\))?(\(L\))?", value).groups()  # type: ignore[union-attr]
        place = re.sub(r" ?\([^)]*\)", "", place)
        sides.setdefault(_MEANT.get(place, place), []).extend(["right"] * bool(right) + ["left"] * bool(left))
    return [
        " ".join([*([" and ".join(dict.fromkeys(found))] if found else []), place]) for place, found in sides.items()
    ]


def told(codes: Sequence[str], first: str, questions: Questions) -> str:
    """A patient's text: what led to the visit, other complaints, then what has been so for long."""
    answers: dict[str, list[str]] = {}
    for code in codes:
        name, _, value = code.partition("_@_")
        asked = questions[name]
        if value != str(asked["default_value"]):
            meaning = asked["value_meaning"].get(value, {}).get("en", value)
            answers.setdefault(name, []).extend([meaning] if value and meaning not in _EMPTY else [])
    shown = [name for name in answers if answers[name] or questions[name]["data_type"] == "B"]
    group = questions[first]["code_question"]
    shown.sort(key=lambda n: (n != first, questions[n]["code_question"] != group, questions[n]["is_antecedent"]))
    said = []
    for name in shown:
        possible = questions[name]["possible-values"]
        most = max(possible) if possible and all(isinstance(v, int) for v in possible) else 0
        said.append(statement(questions[name]["question_en"], answers[name], most))
    return " ".join(said)
