"""One visit while it is being written: what was said and measured, what the engine makes of it, and its keeping.

No Qt: the window and the headless twin use the same object. Assessing may run in another thread than editing, since
``case`` hands over a frozen value.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from desktop.domain.age import age_years
from desktop.domain.encounter import Diagnosis, Encounter, EncounterKind, Prescription, RuleAnswer
from desktop.domain.identifiers import new_id
from desktop.domain.laboratory import check_test
from desktop.domain.patient import Patient, StatusList
from modelzoo.contract.assessment import Assessment, FiredRule, WhyNot
from modelzoo.contract.case import Allergies, Assertion, Case, Observation, TestResult
from modelzoo.contract.engine import Engine, NormalRange
from modelzoo.contract.errors import BadInput, BarefootError
from modelzoo.contract.wire import assessment_to_mapping, check_text

Answer = TypeVar("Answer")


class AdviceUnavailable(BarefootError):
    """The engine could not be opened or failed; records work without it."""

    code = "ADV-001"


class VisitStore(Protocol):
    """What a consultation needs of the vault."""

    def save_encounter(self, encounter: Encounter) -> Encounter:
        """Keep the visit for good and return it with its revision."""

    def save_draft(self, encounter: Encounter) -> object:
        """Keep unfinished work."""

    def discard_draft(self, encounter_id: str) -> object:
        """Forget unfinished work."""


def new_encounter(patient: Patient, started_at: datetime, kind: EncounterKind = EncounterKind.COMPLAINT) -> Encounter:
    """Return an empty visit of ``patient``; ``started_at`` is timezone-aware UTC."""
    return Encounter(new_id(), patient.id, started_at, kind)


class Consultation:
    """The visit being written. Every change goes through a method here; ``encounter`` is the state, frozen."""

    def __init__(
        self, patient: Patient, encounter: Encounter, store: VisitStore, engine: Engine | None, today: date,
        local_counts: Mapping[str, int] | None = None,
    ) -> None:  # fmt: skip
        """``local_counts``: what the clinic's own diagnoses teach, where it lets them."""
        self.patient = patient
        self.encounter = encounter
        self.engine = engine
        self._store = store
        self._local_counts = local_counts or {}
        self._today = today
        self._engine_lock = threading.Lock()
        self._keeping = threading.Lock()  # a draft written late must not come back after the visit was saved
        self._shown: tuple[FiredRule, ...] = ()
        self._assessed: tuple[Case, str, Assessment] | None = None
        self._unsaved = False
        self._undrafted = False

    # -- what is known ------------------------------------------------------------------------------------------

    @property
    def is_unsaved(self) -> bool:
        """Whether something changed since the visit was last saved or opened."""
        return self._unsaved

    @property
    def age_years(self) -> float | None:
        """Age on the day of the visit, or None when it is not known."""
        if self.patient.birth_date is None:
            return None
        on = max(self.encounter.started_at.astimezone().date(), self.patient.birth_date)
        return age_years(self.patient.birth_date, on)

    def usual(self, vital: str) -> NormalRange | None:
        """Usual range at this patient's age; None without engine or knowledge."""
        return None if self.engine is None else self.engine.normal_range(vital, self.age_years)

    def is_empty(self) -> bool:
        """Whether there is nothing that an assessment could be made of."""
        e = self.encounter
        return not (e.text.strip() or e.vitals or e.tests or any(not o.rejected for o in e.observations))

    def case(self) -> Case:
        """Return the visit as the engine is asked about it."""
        e, p = self.encounter, self.patient
        vitals = dict(e.vitals)
        for test in e.tests:  # a glucose reading is a test to the clinician and a measurement to the rules
            if test.name == "glucose" and test.value is not None:
                vitals.setdefault("blood_glucose_mmol_l", test.value)
        return Case(
            id=e.id,
            text=e.text,
            age_years=self.age_years,
            sex=p.sex,
            pregnant=e.pregnant,
            weight_kg=e.weight_kg,
            vitals=vitals,
            tests=e.tests,
            history=_names(p.problems),
            medicines=_names(p.medicines),
            allergies=Allergies(p.allergies.status, _names(p.allergies)),
            month=e.started_at.month,
            observations=e.observations,
            local_counts=self._local_counts,
        )

    # -- changing it --------------------------------------------------------------------------------------------

    def set_text(self, text: str) -> None:
        """Keep what the patient says. Raises BadInput when it is too long or damaged; the old text stays."""
        self._change(text=check_text(text))

    def set_kind(self, kind: EncounterKind) -> None:
        """Keep why the patient came."""
        self._change(kind=kind)

    def set_vitals(self, names: tuple[str, ...], values: dict[str, float | str]) -> None:
        """Replace the measurements ``names`` by ``values`` (already checked); a name without a value is removed."""
        kept = {k: v for k, v in self.encounter.vitals.items() if k not in names}
        self._change(vitals={**kept, **values})

    def set_weight(self, weight_kg: float | None) -> None:
        """Keep the weight in kilograms."""
        self._change(weight_kg=weight_kg)

    def set_pregnant(self, pregnant: bool | None) -> None:
        """Keep whether she is pregnant; None: not known."""
        self._change(pregnant=pregnant)

    def set_test(self, given: TestResult) -> None:
        """Keep a test result in its standard unit, in place of an earlier one. Raises BadInput."""
        checked = check_test(given)
        self._change(tests=(*(t for t in self.encounter.tests if t.name != checked.name), checked))

    def remove_test(self, name: str) -> None:
        """Forget a test result."""
        self._change(tests=tuple(t for t in self.encounter.tests if t.name != name))

    def observe(self, finding: str, assertion: Assertion | None) -> None:
        """Keep what the clinician says of a finding; None: asked, and not known. It outranks the text."""
        self._put(Observation(finding, assertion))

    def reject(self, finding: str) -> None:
        """Strike a finding out: it was not meant."""
        self._put(Observation(finding, None, rejected=True))

    def withdraw(self, finding: str) -> None:
        """Forget what the clinician said of a finding: the text decides again."""
        self._change(observations=tuple(o for o in self.encounter.observations if o.finding != finding))

    def answer_rule(self, rule: str, *, done: bool, reason: str = "") -> None:
        """Keep what the clinician said to a danger sign. Raises BadInput for a why-not without a reason."""
        if not done and not reason.strip():
            raise BadInput("Write a few words why not.", code="INP-070")
        others = tuple(a for a in self.encounter.rule_answers if a.rule != rule)
        self._change(rule_answers=(*others, RuleAnswer(rule, done, reason.strip())))

    def set_diagnoses(self, diagnoses: tuple[Diagnosis, ...]) -> None:
        """Keep the clinician's own diagnoses."""
        self._change(diagnoses=diagnoses)

    def set_plan(self, plan: str) -> None:
        """Keep the plan."""
        self._change(plan=plan)

    def set_prescriptions(self, prescriptions: tuple[Prescription, ...]) -> None:
        """Keep what was prescribed."""
        self._change(prescriptions=prescriptions)

    # -- assessing ----------------------------------------------------------------------------------------------

    def assess(self, case: Case, language: str) -> Assessment:
        """Ask the engine; may be called from any thread.

        Raises:
            AdviceUnavailable: there is no engine, or it failed. Records are not touched.
        """
        assessment = self._ask(lambda engine: engine.assess(case, language))
        self._assessed = (case, language, assessment)
        return assessment

    def why_not(self, case: Case, condition: str, language: str) -> WhyNot:
        """Ask the engine why a condition stands no higher; any thread. Raises AdviceUnavailable as ``assess`` does."""
        return self._ask(lambda engine: engine.why_not(case, condition, language))

    def _ask(self, question: Callable[[Engine], Answer]) -> Answer:
        if self.engine is None:
            raise AdviceUnavailable("There is no advice: the assessment pack could not be opened.")
        with self._engine_lock:
            try:
                return question(self.engine)
            except BarefootError:
                raise
            except Exception as error:  # an engine's fault must never take the record with it
                raise AdviceUnavailable(
                    "The advice failed for this visit; the record works as before.",
                    data={"cause": type(error).__name__},
                ) from None

    def unanswered_dangers(self, assessment: Assessment) -> tuple[FiredRule, ...]:
        """Return the danger rules that nobody has answered, most urgent first.

        A danger that was shown stays, even if it no longer fires, as long as every finding that it rests on is still
        claimed to be present: an answer about something else must not take it off the screen without a word.
        """
        firing = tuple(r for r in assessment.triage.because if r.level == "emergency")
        present = {f.id for f in assessment.findings if f.assertion is Assertion.PRESENT}
        names = {r.rule for r in firing}
        standing = tuple(r for r in self._shown if r.rule not in names and set(r.findings) <= present)
        answered = {_danger(a.rule) for a in self.encounter.rule_answers}
        left = tuple(r for r in (*firing, *standing) if _danger(r.rule) not in answered)
        # what the ranking alone brought up may go with it; a rule of its own rests on findings
        self._shown = tuple(r for r in left if r.findings and ":" not in r.rule)
        return left

    # -- keeping ------------------------------------------------------------------------------------------------

    def save(self, language: str) -> Encounter:
        """Save the visit with the assessment of exactly what it holds; returns what was saved.

        Raises whatever the vault raises; then nothing was saved and nothing here is lost.
        """
        whole = replace(self.encounter, assessment=self._fitting_assessment(language))
        with self._keeping:
            saved = self._store.save_encounter(whole)
            self._store.discard_draft(saved.id)
            self.encounter = saved
            self._unsaved = self._undrafted = False
        return saved

    def save_draft(self) -> bool:
        """Keep unfinished work in the vault; False when nothing had changed since. Any thread."""
        with self._keeping:
            if not self._undrafted:
                return False
            self._undrafted = False
            try:
                self._store.save_draft(self.encounter)
            except BarefootError:
                self._undrafted = True
                raise
        return True

    def keep_as_draft(self) -> None:
        """Mark the visit as one with unfinished work, as when it was reopened from a draft."""
        self._unsaved = True

    def _fitting_assessment(self, language: str) -> dict[str, object] | None:
        if self.engine is None or self.is_empty():
            return None
        case = self.case()
        if self._assessed is not None and self._assessed[:2] == (case, language):
            return assessment_to_mapping(self._assessed[2])
        try:
            return assessment_to_mapping(self.assess(case, language))
        except BarefootError:
            return None  # a visit without advice is whole; a visit that could not be saved is not

    def _put(self, observation: Observation) -> None:
        others = tuple(o for o in self.encounter.observations if o.finding != observation.finding)
        self._change(observations=(*others, observation))

    def _change(self, **fields: Any) -> None:
        changed = replace(self.encounter, **fields)
        if changed != self.encounter:
            self.encounter = changed
            self._unsaved = self._undrafted = True


def _names(listed: StatusList) -> tuple[str, ...]:
    return tuple(item.name for item in listed.items)


def _danger(rule: str) -> str:
    """One danger under several names: a sign of one condition stays answered when it becomes that of another."""
    kind, _, rest = rule.partition(":")
    return f"{kind}:{rest.rpartition(':')[2]}" if kind == "danger_sign" else rule
