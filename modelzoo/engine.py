"""The engine behind the door: one verified pack, its reader and its reasoning, as one object."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np

from modelzoo.contract.assessment import Assessment, Finding, Provenance, TriageLevel, WhyNot
from modelzoo.contract.case import Case
from modelzoo.contract.engine import CheckResult, NormalRange, Term
from modelzoo.contract.errors import ArtefactCorrupt
from modelzoo.contract.manifest import Manifest, read_manifest
from modelzoo.knowledge.model import Knowledge
from modelzoo.knowledge.reader import read_knowledge
from modelzoo.reasoning.assess import Weighed, assess, by_findings, explain, weigh
from modelzoo.reasoning.patient import ADULT_YEARS
from modelzoo.reasoning.tables import Tables
from modelzoo.reasoning.text_reader import TextReader
from modelzoo.reasoning.urgency_reader import UrgencyReader
from modelzoo.runtime.artefacts import verify_artefact
from modelzoo.runtime.encoder import Encoder
from modelzoo.search import TermIndex
from modelzoo.understanding.claims import Claims
from modelzoo.understanding.context import Context
from modelzoo.understanding.hearing import Hearing, RuleWeights
from modelzoo.understanding.lexicon import Lexicon
from modelzoo.understanding.linker import Linker
from modelzoo.understanding.mentions import MentionFinder
from modelzoo.understanding.reader import Reader
from modelzoo.understanding.spelling import Speller
from modelzoo.understanding.text import PlainText, calm
from modelzoo.understanding.tokens import Token

KNOWLEDGE = "knowledge.json"
TEXTS = "record_texts.json"
VECTORS = "phrase_vectors.npz"
SUITS = "condition_vectors.npz"
URGENCY = "urgency_reader.npz"
_MISMATCH = "The parts of the assessment pack do not belong together; copy the whole pack again from its source."


class PackEngine:
    """``modelzoo.contract.engine.Engine`` over one pack. Safe to call from several threads."""

    def __init__(
        self, manifest: Manifest, encoder: Encoder, knowledge: Knowledge, vectors: Any, neutral: Any, suits: bytes,
        urgency: bytes,
    ) -> None:  # fmt: skip
        """``vectors``, ``neutral``: of wordings and sayings; ``suits``, ``urgency``: files of the text's readers."""
        self._encoder = encoder
        self.knowledge = knowledge
        self._tables = Tables(knowledge)
        strongest = knowledge.numbers["scoring"]["text_strongest"]
        self._text_reader = TextReader.of(suits, self._tables.conditions, strongest=strongest)
        self._urgency_reader = UrgencyReader.of(urgency)
        lexicon = Lexicon(knowledge)
        speller = Speller(lexicon.vocabulary, encoder.knows_word)
        settings = manifest.sections["understanding"]
        linker = Linker(
            knowledge,
            vectors,
            neutral,
            encoder,
            threshold=settings["link_threshold"],
            margin=settings["link_margin"],
            sharper=settings["link_sharper"],
        )
        weights = RuleWeights(settings["rule_fired"], settings["rule_silent"])
        finder = MentionFinder(knowledge, lexicon, speller, linker, doubt=settings["doubt"])

        def hear(plain: PlainText, tokens: list[Token]) -> Hearing:
            return Hearing(encoder.hear(calm(plain.given)), encoder.kinds, plain, tokens)

        self.reader = Reader(knowledge, finder, Claims(Context.load(), weights), hear)
        self._terms = TermIndex(knowledge)
        self._provenance = Provenance(manifest.pack, manifest.sha256, encoder.device)

    @classmethod
    def open(cls, pack: Path) -> PackEngine:
        """Verify and open the pack in the folder ``pack``. Raises the artefact errors of the contract."""
        manifest = read_manifest(pack)
        encoder = Encoder.open(pack, manifest)
        knowledge = read_knowledge(verify_artefact(pack, manifest.artefact(KNOWLEDGE)).read_bytes())
        verify_artefact(pack, manifest.artefact(TEXTS))
        data = verify_artefact(pack, manifest.artefact(VECTORS)).read_bytes()
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                vectors = stored["vectors"].astype(np.float32) * stored["scales"].astype(np.float32)[:, None]
                neutral = stored["neutral"].astype(np.float32)
        except (ValueError, KeyError, OSError) as error:
            raise ArtefactCorrupt(_MISMATCH) from error
        if len(vectors) != len(knowledge.phrases()) or "understanding" not in manifest.sections:
            raise ArtefactCorrupt(_MISMATCH)
        suits = verify_artefact(pack, manifest.artefact(SUITS)).read_bytes()
        urgency = verify_artefact(pack, manifest.artefact(URGENCY)).read_bytes()
        try:
            return cls(manifest, encoder, knowledge, vectors, neutral, suits, urgency)
        except (ValueError, KeyError, OSError) as error:
            raise ArtefactCorrupt(_MISMATCH) from error

    @property
    def provenance(self) -> Provenance:
        """Identity of the pack and device behind every answer."""
        return self._provenance

    def assess(self, case: Case, language: str = "en") -> Assessment:
        """Assess one case in ``en`` or ``zh``."""
        readers = (self.reader.read, self._text_reader, self._urgency_reader)
        return assess(self._tables, *readers, case, language, self._provenance)

    def why_not(self, case: Case, condition: str, language: str = "en") -> WhyNot:
        """Why ``condition`` stands no higher in the case; raises KeyError for an unknown condition."""
        return explain(self._tables, self.reader.read, self._text_reader, case, condition, language)

    def urgency_by_findings(self, weighed: Weighed) -> TriageLevel:
        """The level that rules and findings alone call in a case, for measuring and fitting."""
        return by_findings(self._tables, weighed, "en", inside=True).level

    def weigh(self, case: Case) -> Weighed:
        """What there is to weigh in one case, for measuring and fitting."""
        return weigh(self._tables, self.reader.read, case, "en")

    def understand(self, text: str, language: str = "en") -> tuple[Finding, ...]:
        """Findings of the text alone, with offsets into it."""
        return self.reader.read(text, language).findings

    def search_findings(self, query: str, language: str = "en", limit: int = 20) -> tuple[Term, ...]:
        """Findings whose name or wording matches."""
        return self._terms.findings(query, language, limit)

    def search_conditions(self, query: str, language: str = "en", limit: int = 20) -> tuple[Term, ...]:
        """Conditions whose name, other name or code matches."""
        return self._terms.conditions(query, language, limit)

    def label(self, record_id: str, language: str = "en") -> str:
        """Name of a finding or condition; raises KeyError for an unknown id."""
        if record_id in self.knowledge.findings:
            return self.knowledge.findings[record_id].name[language]
        return self.knowledge.conditions[record_id].name[language]

    def normal_range(self, vital: str, age_years: float | None) -> NormalRange | None:
        """Usual range of a measurement at an age (adults where the age is not known)."""
        days = (ADULT_YEARS if age_years is None else age_years) * 365.25
        for row in self.knowledge.vital_ranges:
            if row.vital == vital and row.age_min_days <= days < row.age_max_days:
                return NormalRange(vital, row.low, row.high)
        return None

    def self_check(self) -> tuple[CheckResult, ...]:
        """Golden inputs on this processor, and what the answers come from."""
        golden = self._encoder.self_check()
        records = f"{len(self.knowledge.conditions)} conditions, {len(self.knowledge.findings)} findings"
        return (
            CheckResult("pack", True, f"version {self._provenance.pack}, all files verified"),
            CheckResult("encoder", golden.ok, golden.message),
            CheckResult("knowledge", True, f"{records}; not reviewed by a clinician"),
            CheckResult("device", True, f"{self._encoder.device}: {self._encoder.chosen.because}"),
        )
