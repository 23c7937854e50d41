"""Trims the base's 250,002-piece Unigram vocabulary to what this program meets.

Unigram segmentation takes the best-scoring path over all pieces. If every piece of a text's best path is kept, that
path is still there and still the best, so covered text is cut exactly as before; scores are therefore never changed.
"""

from __future__ import annotations

import json
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

MAX_PIECES = 45_000
COMMON_HAN = 7_000
_NEVER = -1e4
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_ALWAYS = set(
    string.ascii_letters + string.digits + string.punctuation + "▁μµ℃°±×÷≥≤→～·…—‘’“”，。！？；：、（）《》【】％"
)


@dataclass(frozen=True)
class TrimmedVocabulary:
    """``kept[new_id]`` is the piece's id in the base, -1 for a piece that the base has not; ``tokenizer`` is the whole
    tokenizer.json as an object."""

    tokenizer: dict[str, Any]
    kept: npt.NDArray[np.int64]

    def dumps(self) -> str:
        """Deterministic text of tokenizer.json."""
        return json.dumps(self.tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n"

    def load(self) -> Tokenizer:
        return Tokenizer.from_str(self.dumps())


def _is_han(piece: str) -> bool:
    return len(piece) == 1 and "\u4e00" <= piece <= "\u9fff"


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[int]:
    """How often each piece id of ``tokenizer`` is used in ``texts``, special pieces left out."""
    counts: Counter[int] = Counter()
    batch = list(texts)
    for start in range(0, len(batch), 2_000):
        for encoding in tokenizer.encode_batch(batch[start : start + 2_000], add_special_tokens=False):
            counts.update(encoding.ids)
    return counts


def uncut(base: dict[str, Any], spans: Iterable[tuple[str, int, int]], rounds: int = 4) -> dict[str, Any]:
    """``base`` without the Han pieces that run across an edge of one of the ``spans`` (text, start, end).

    A piece such as "有咳" ("has cough-") holds the end of one word and the beginning of the next, so that no label on
    pieces can mark the symptom in it. Without it the two characters are read as pieces of their own. Leaving one out
    can bring another into use, hence the rounds.
    """
    given = list(spans)
    for _ in range(rounds):
        tokenizer = Tokenizer.from_str(json.dumps(base))
        cutting: set[int] = set()
        for start in range(0, len(given), 2_000):
            part = given[start : start + 2_000]
            encodings = tokenizer.encode_batch([text for text, _, _ in part], add_special_tokens=False)
            for encoding, (_, low, high) in zip(encodings, part, strict=True):
                pairs = zip(encoding.ids, encoding.offsets, strict=True)
                cutting |= {i for i, (a, b) in pairs if a < low < b or a < high < b}
        pieces = [piece for piece, _ in base["model"]["vocab"]]
        drop = {i for i in cutting if sum(map(_is_han, pieces[i])) > 1}
        if not drop:
            break
        base = json.loads(json.dumps(base))
        for index in drop:
            # Kept in its place, so that ids stay those of the weights, and made too unlikely ever to be chosen.
            base["model"]["vocab"][index][1] = _NEVER
    return base


def trim(base: dict[str, Any], counts: Counter[int], target: int) -> TrimmedVocabulary:
    """Keep the special pieces, single characters that are needed, every used piece, then the likeliest others.

    ``target`` is the wished number of pieces. Raises ``ValueError`` where what is needed is more than 45,000.
    """
    vocabulary: list[tuple[str, float]] = [(piece, score) for piece, score in base["model"]["vocab"]]
    pieces = [piece for piece, _ in vocabulary]
    needed = {
        index for index, piece in enumerate(pieces) if piece in SPECIAL or (set(piece) <= _ALWAYS and len(piece) <= 2)
    }
    han = [index for index, piece in enumerate(pieces) if _is_han(piece)]
    # The vocabulary is sorted by score, so the first Han pieces are the most used ones.
    needed |= set(han[:COMMON_HAN])
    needed |= {index for index, count in counts.items() if count > 0}
    if len(needed) > MAX_PIECES:
        raise ValueError(f"{len(needed)} pieces are needed, the limit is {MAX_PIECES}")
    # Fill up with the likeliest English and Chinese pieces: words that the counted texts happened not to hold.
    for index, piece in enumerate(pieces):
        if len(needed) >= target:
            break
        if _is_english_or_chinese(piece) and vocabulary[index][1] > _NEVER:
            needed.add(index)
    kept = sorted(needed)
    trimmed = json.loads(json.dumps(base))
    trimmed["model"]["vocab"] = [list(vocabulary[index]) for index in kept]
    trimmed["model"]["unk_id"] = kept.index(pieces.index("<unk>"))
    # <mask> stands behind the pieces and is of no use to an encoder of sentences.
    trimmed["added_tokens"] = [token for token in base["added_tokens"] if token["content"] in SPECIAL]
    return TrimmedVocabulary(trimmed, np.asarray(kept, dtype=np.int64))


@dataclass(frozen=True)
class Extension:
    """Characters put behind a trimmed vocabulary; ``base_rows[i]`` is where the base has character ``i``, or -1."""

    vocabulary: TrimmedVocabulary
    characters: tuple[str, ...]
    base_rows: tuple[int, ...]


def extend(trimmed: TrimmedVocabulary, base: dict[str, Any], texts: Iterable[str]) -> Extension:
    """Give every Han character of ``texts`` that ``trimmed`` would read as unknown a piece of its own, at the end.

    The base knows no piece for some medical characters (scabies, cyanosis and fontanelle are written with such), so
    all of them would be one and the same unknown piece. Rows that exist keep their numbers.
    """
    known = {piece for piece, _ in trimmed.tokenizer["model"]["vocab"]}
    places = {piece: index for index, (piece, _) in enumerate(base["model"]["vocab"])}
    characters = tuple(sorted({character for text in texts for character in text if _is_han(character)} - known))
    # As unlikely as the least likely piece: no text that is read without the new pieces is read otherwise with them.
    score = min(score for _, score in base["model"]["vocab"])
    tokenizer = json.loads(json.dumps(trimmed.tokenizer))
    tokenizer["model"]["vocab"].extend([character, score] for character in characters)
    rows = tuple(places.get(character, -1) for character in characters)
    kept = np.concatenate([trimmed.kept, np.asarray(rows, dtype=np.int64)])
    return Extension(TrimmedVocabulary(tokenizer, kept), characters, rows)


def _is_english_or_chinese(piece: str) -> bool:
    body = piece.lstrip("▁")
    ascii_word = body.isascii() and body.isalpha()
    return bool(body) and (ascii_word or all("\u4e00" <= character <= "\u9fff" for character in body))
