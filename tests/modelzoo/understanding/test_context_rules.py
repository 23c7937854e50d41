"""Every context rule has an example that shows why it is there, and it must hold."""

from __future__ import annotations

import pytest

from modelzoo.understanding.context import Context, ContextRule, Span
from modelzoo.understanding.text import plain_text
from modelzoo.understanding.tokens import sentences, tokenize

CONTEXT = Context.load()
CHRONIC = ("asthma", "哮喘", "stroke")


def claimed(text: str, *wordings: str) -> list[str]:
    """Assertion of each wording of a one-sentence text, by the rules alone."""
    plain = plain_text(text).plain
    tokens = tokenize(plain)
    first, last = next(
        r for r in sentences(tokens) if tokens[r[0]].start <= plain.index(wordings[0]) < tokens[r[1] - 1].end
    )
    sentence = (tokens[first].start, tokens[last - 1].end)
    spans = [Span(plain.index(w), plain.index(w) + len(w), w in CHRONIC) for w in wordings]
    triggers = CONTEXT.triggers(plain, *sentence, spans)
    return [CONTEXT.assertion(plain, sentence, span, spans, triggers)[0].value for span in spans]


@pytest.mark.parametrize("rule", CONTEXT.rules, ids=lambda rule: rule.id)
def test_the_example_of_a_rule_holds(rule: ContextRule) -> None:
    text, wording, assertion = rule.example
    assert claimed(text, wording) == [assertion]


def test_every_rule_id_is_used_once() -> None:
    ids = [rule.id for rule in CONTEXT.rules]
    assert len(ids) == len(set(ids))


LISTS = [
    ("denies fever, chills or rash", ("fever", "chills", "rash"), "absent absent absent"),
    ("no fever, cough, vomiting", ("fever", "cough", "vomiting"), "absent absent absent"),
    ("no fever, cough for 3 days", ("fever", "cough"), "absent present"),
    ("no chest pain but has fever", ("chest pain", "fever"), "absent present"),
    ("no fever, has cough", ("fever", "cough"), "absent present"),
    ("no fever my head hurts", ("fever", "head hurts"), "absent present"),
    ("fever but no cough or rash", ("fever", "cough", "rash"), "present absent absent"),
    ("fever without cough", ("fever", "cough"), "present absent"),
    ("cough, fever: none", ("cough", "fever"), "present absent"),
    ("fever (-), cough (+)", ("fever", "cough"), "absent present"),
    ("she is not vomiting and has no diarrhea", ("vomiting", "diarrhea"), "absent absent"),
    ("he has fever, his mother has asthma", ("fever", "asthma"), "present family"),
    ("if he vomits, return", ("vomits",), "hypothetical"),
    ("return if fever, rash or vomiting", ("fever", "rash", "vomiting"), "hypothetical hypothetical hypothetical"),
    ("no history of asthma", ("asthma",), "absent"),
    ("no longer has fever", ("fever",), "absent"),
    ("the fever has not gone away", ("fever",), "present"),
    ("not only cough but also fever", ("cough", "fever"), "present present"),
    ("my mother has chest pain", ("chest pain",), "present"),
    ("possible fever", ("fever",), "possible"),
    ("无发热、咳嗽，但有胸闷", ("发热", "咳嗽", "胸闷"), "absent absent present"),
    ("无发热，咳嗽三天", ("发热", "咳嗽"), "absent present"),
    ("没有发烧，就是咳嗽", ("发烧", "咳嗽"), "absent present"),
    ("否认发热，咳嗽，胸痛", ("发热", "咳嗽", "胸痛"), "absent absent absent"),
    ("不发烧了，还咳嗽", ("发烧", "咳嗽"), "absent present"),
    ("发热三天，无咳嗽咳痰", ("发热", "咳嗽", "咳痰"), "present absent absent"),
    ("没有抽搐", ("抽搐",), "absent"),
    ("咳嗽一直没有好转", ("咳嗽",), "present"),
    ("他爸爸有哮喘，他发热", ("哮喘", "发热"), "family present"),
    ("如果呕吐、抽搐就马上来", ("呕吐", "抽搐"), "hypothetical hypothetical"),
    ("胸痛，denies fever, 无咳嗽", ("胸痛", "fever", "咳嗽"), "present absent absent"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wordings", "expected"), LISTS, ids=[case[0] for case in LISTS])
def test_what_is_claimed_of_every_finding_of_a_list(text: str, wordings: tuple[str, ...], expected: str) -> None:
    assert claimed(text, *wordings) == expected.split()
