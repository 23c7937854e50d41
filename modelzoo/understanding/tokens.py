"""Tokens: English words with their stem, numbers, single Han characters, and marks; and the sentences they form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_TOKEN = re.compile(
    r"[a-zà-öø-ÿ]+(?:'[a-z]+)?"  # words
    r"|\d+(?:[.,]\d+)*"  # numbers
    r"|[\u4e00-\u9fff\u3400-\u4dbf]"  # Han characters, one by one
    r"|\n|[^\s\w]"  # marks
)
_SENTENCE_MARKS = frozenset("。!?;\n")
_ABBREVIATIONS = frozenset(
    ("dr", "mr", "mrs", "ms", "pt", "yr", "yrs", "y", "o", "vs", "e", "g", "i", "approx", "no", "temp", "resp", "hx")
)
LONGEST_SENTENCE = 200
_STEMMER = snowballstemmer.stemmer("english")
# Irregular forms that the stemmer leaves apart.
_IRREGULAR = {
    "threw": "throw", "thrown": "throw", "bled": "bleed", "swollen": "swell", "swell": "swell", "felt": "feel",
    "shook": "shake", "feet": "foot", "teeth": "tooth", "bitten": "bite", "stung": "sting", "broke": "break",
    "broken": "break", "fell": "fall", "fallen": "fall", "ate": "eat", "eaten": "eat", "drank": "drink",
    "slept": "sleep", "children": "child", "worse": "worse", "stools": "stool", "dizzy": "dizzi", "dizziness": "dizzi",
    "breathless": "breathless", "breathlessness": "breathless", "itchy": "itch", "itchiness": "itch", "sore": "sore",
    "vomited": "vomit", "vomitting": "vomit", "tired": "tire", "tiredness": "tire",
}  # fmt: skip
# Words that every speaker exchanges for one another; the wordings need only hold one of them.
_SAME = {
    "abdomen": ("abdomen", "abdominal", "abdo", "abd", "belly", "bellies", "tummy", "tummies", "stomach"),
    "stool": ("poo", "poop", "poos", "feces", "faeces", "excrement"),
    "urin": ("pee", "pees", "peed", "peeing", "wee", "wees", "weeing"),
    "nappi": ("diaper", "diapers"),
}
_IRREGULAR |= {word: unit for unit, words in _SAME.items() for word in words}


# British and American spelling are one word.
_SPELLINGS = (
    ("rrhoea", "rrhea"), ("haem", "hem"), ("oedema", "edema"), ("anaem", "anem"), ("oesoph", "esoph"), ("colour", "color"),
    ("tumour", "tumor"), ("odour", "odor"), ("foet", "fet"), ("anaesth", "anesth"), ("paralys", "paralyz"),
    ("leucorr", "leukorr"), ("labour", "labor"), ("caesar", "cesar"), ("faec", "fec"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the plain text; ``unit`` is what the lexicon matches (stem, digit string, Han character, mark)."""

    text: str
    unit: str
    start: int
    end: int
    kind: str  # "word" | "number" | "han" | "mark"


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Stem of a lower-case English word (Porter2), with irregular forms of the clinic put together."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    bare = word.removesuffix("'s")
    for british, american in _SPELLINGS:
        bare = bare.replace(british, american)
    return str(_STEMMER.stemWord(bare))


def tokenize(plain: str) -> list[Token]:
    """Split plain text into tokens, in order."""
    out = []
    for match in _TOKEN.finditer(plain):
        text = match.group()
        if len(text) > 60:  # not a word of any language; keeps stemming and spelling bounded
            out.append(Token(text, "", match.start(), match.end(), "mark"))
        elif text[0].isalpha() and text[0] < "\u3000":
            out.append(Token(text, stem(text), match.start(), match.end(), "word"))
        elif text[0].isdigit():
            out.append(Token(text, text, match.start(), match.end(), "number"))
        elif text == "\n" or not text[0].isalnum():
            out.append(Token(text, text, match.start(), match.end(), "mark"))
        else:
            out.append(Token(text, text, match.start(), match.end(), "han"))
    return out


def sentences(tokens: list[Token]) -> list[tuple[int, int]]:
    """Token ranges [first, last) of the sentences. A full stop ends one unless it follows an abbreviation.

    A run without any mark is cut at ``LONGEST_SENTENCE``: nothing reaches that far, and reading stays linear.
    """
    out: list[tuple[int, int]] = []
    first = 0
    for index, token in enumerate(tokens):
        if index - first >= LONGEST_SENTENCE:
            out.append((first, index))
            first = index
        if token.kind != "mark":
            continue
        ends = token.text in _SENTENCE_MARKS
        if token.text == ".":
            before = tokens[index - 1].text if index else ""
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            gap = after is None or after.start > token.end or after.kind in ("mark", "han")
            ends = gap and before not in _ABBREVIATIONS
        if ends:
            if index > first:
                out.append((first, index + 1))
            first = index + 1
    if first < len(tokens):
        out.append((first, len(tokens)))
    return out
