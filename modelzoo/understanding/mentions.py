"""Where a text mentions a finding: wordings and sayings that it holds, and what was heard and lies near a wording."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from modelzoo.knowledge.model import Knowledge
from modelzoo.understanding.hearing import HeardSpan, Hearing
from modelzoo.understanding.lexicon import Lexicon, LexiconMatch
from modelzoo.understanding.linker import Linker, clauses, trim
from modelzoo.understanding.patterns import NOTHING, join, load_sayings, match_sayings
from modelzoo.understanding.spelling import Speller
from modelzoo.understanding.text import PlainText
from modelzoo.understanding.tokens import Token

MAX_TOKENS_LINKED = 1_500  # the encoder reads the first part of a very long text; the lexicon reads all of it
PROBLEM, BACKGROUND = "clinic.problem", "clinic.background"
_NEGATIVE = re.compile(r"\b(?:cannot|can't|unable|not|no|won't|will not|refuses?|loss of|never)\b")
_OTHERS = re.compile(
    r"\b(?:mother|father|mum|mom|dad|parents?|brother|sister|uncle|aunt|cousin|husband|wife|grand\w+|family|relatives?|"
    r"household|neighbou?rs?|someone|others|people)\b"
)
_OTHERS_HAN = re.compile("家|父|母|爸|妈|兄|弟|姐|妹|爷|奶|亲戚|邻居|别人|同学|接触|身边|一起")
PAST_KINDS = ("history", "exposure")  # findings that hold whether they are told as past or as present
_NEGATIONS = frozenset(("not", "cannot", "no", "never", "won't", "can't", "doesn't", "didn't", "不", "没", "无"))


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``[first, last)`` mention ``finding``. ``denied``: the words themselves say that it is not there."""

    first: int
    last: int
    finding: str
    confidence: float
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """``mentions`` in order; ``unlinked``: problems that were heard and lie near no finding, as token ranges."""

    mentions: tuple[Mention, ...]
    unlinked: tuple[tuple[int, int], ...]


class MentionFinder:
    """Everything that finding mentions needs, built once from one pack.

    ``doubt``: a single word that the lexicon holds is passed over where the chance that it is a problem or part of
    somebody's background was heard to be below this.
    """

    def __init__(
        self, knowledge: Knowledge, lexicon: Lexicon, speller: Speller, linker: Linker, *, doubt: float
    ) -> None:
        self._lexicon, self._speller, self._linker, self._doubt = lexicon, speller, linker, doubt
        sayings = load_sayings(knowledge.findings)
        self._winners, self._sayings = [s for s in sayings if s.wins], [s for s in sayings if not s.wins]
        self._negative = negative_findings(knowledge)

    def knows(self, word: str) -> bool:
        """Whether a word is known to the knowledge or to the vocabulary."""
        return self._speller.knows(word)

    def find(
        self, plain: PlainText, tokens: list[Token], sentences: Sequence[tuple[int, int]], hearing: Hearing
    ) -> Found:
        """Mentions in the text, longest wordings first, nothing read twice."""
        fixed = self._speller.corrections(tokens)
        winners = match_sayings(self._winners, plain.plain, tokens, set())
        matches = join(self._lexicon.match(tokens, fixed), winners)
        known = {i for m in matches for i in range(m.first, m.last)}
        matches += match_sayings(self._sayings, plain.plain, tokens, known)
        passed_over = {i for m in matches if m.finding == NOTHING for i in range(m.first, m.last)}
        matches = [m for m in matches if m.finding != NOTHING and not self._doubtful(m, hearing)]
        heard = sorted((*hearing.spans(PROBLEM), *hearing.spans(BACKGROUND)), key=lambda s: (s.first, -s.last))
        near = [s for s in sentences if s[1] <= MAX_TOKENS_LINKED]
        wider = [c for s in near for c in clauses(tokens, *s)]
        wider += [(s.first, s.last) for s in heard if (s.first, s.last) not in wider]
        sharper = self._linker.refine(plain.plain, tokens, matches, wider)
        refined = {i for k in sharper for i in range(k.first, k.last)}
        kept = [m for m in matches if m.first not in refined]
        mentions = [Mention(k.first, k.last, k.finding, round(k.similarity, 4)) for k in sharper]
        mentions += [Mention(m.first, m.last, m.finding, 0.8 if m.corrected else 1.0, m.denied) for m in kept]
        taken = refined | passed_over | {i for m in kept for i in range(m.first, m.last)}
        linked, unlinked = self._linked(plain, tokens, heard, taken)
        return Found(tuple(sorted((*mentions, *linked), key=lambda m: m.first)), tuple(unlinked))

    def _doubtful(self, match: LexiconMatch, hearing: Hearing) -> bool:
        if match.units > 1 or not self._doubt:
            return False
        chance = max(hearing.inside(kind, match.first, match.last) for kind in (PROBLEM, BACKGROUND))
        return chance < self._doubt and hearing.heard(match.first, match.last)

    def _linked(
        self, plain: PlainText, tokens: list[Token], heard: Sequence[HeardSpan], taken: set[int]
    ) -> tuple[list[Mention], list[tuple[int, int]]]:
        """What was heard where no wording stands: linked to a finding, or told to lie near none."""
        windows: list[tuple[int, int]] = []
        for span in heard:
            first, last = trim(tokens, span.first, span.last)
            if first < last and not taken.intersection(range(first, last)) and (first, last) not in windows:
                windows.append((first, last))
        links = self._linker.link(plain.plain, tokens, windows)
        covered = {i for k in links for i in range(k.first, k.last)}
        mentions = []
        for link in links:
            first = _with_its_negation(tokens, link.first) if link.finding in self._negative else link.first
            mentions.append(Mention(first, link.last, link.finding, round(link.similarity, 4), link.denied))
        return mentions, [w for w in windows if not covered.intersection(range(*w))]


def negative_findings(knowledge: Knowledge) -> frozenset[str]:
    """Findings that are the lack of something ("cannot stand on the leg"): a negation is part of what they mean."""
    out = []
    for finding in knowledge.findings.values():
        wordings = [finding.name["en"].lower(), *finding.lay.get("en", ())]
        if sum(bool(_NEGATIVE.search(w)) for w in wordings) * 2 >= len(wordings):
            out.append(finding.id)
    return frozenset(out)


def findings_of_others(knowledge: Knowledge) -> frozenset[str]:
    """Findings of a patient that are about other people ("father has TB", "asthma in the family")."""
    out = []
    for finding in knowledge.findings.values():
        wordings = [finding.name["en"].lower(), *finding.lay.get("en", ())]
        chinese = [finding.name["zh"], *finding.lay.get("zh", ())]
        shares = [_share(_OTHERS, wordings), _share(_OTHERS_HAN, chinese)]
        if finding.kind in PAST_KINDS and sum(shares) >= 1.0:
            out.append(finding.id)
    return frozenset(out)


def _share(pattern: re.Pattern[str], texts: Sequence[str]) -> float:
    return sum(bool(pattern.search(text)) for text in texts) / max(1, len(texts))


def _with_its_negation(tokens: list[Token], first: int) -> int:
    """First token of a linked window, moved over a negation right before it ("will *not* stand on the leg")."""
    for index in range(first - 1, max(first - 3, -1), -1):
        if tokens[index].text in _NEGATIONS:
            return index
    return first
