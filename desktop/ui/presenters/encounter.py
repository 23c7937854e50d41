"""What happens on the page of one visit, without Qt: when the engine is asked, what is shown, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from desktop.domain.encounter import Encounter
from desktop.domain.vitals import VITAL_NAMES
from desktop.resources.translatable import Text, translatable
from desktop.services.consultation import Consultation
from desktop.services.measuring import Reading, read_blood_pressure, read_measurement
from desktop.ui.presenters.sentences import sentence
from modelzoo.contract.assessment import Assessment, WhyNot
from modelzoo.contract.case import Assertion, TestResult
from modelzoo.contract.engine import Term
from modelzoo.contract.errors import BarefootError

Result = TypeVar("Result")
SAVED = translatable("encounter", "Saved.")
OPENING = translatable(
    "encounter", "The assessment pack is being opened; advice comes in a moment. You can write already."
)
DRAFT_KEPT = translatable("encounter", "Draft kept.")
PRESSURE = "blood_pressure"


class TaskDoor(Protocol):
    """The one door for background work."""

    def run(
        self,
        topic: str,
        work: Callable[[], Result],
        done: Callable[[Result], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run work and report back."""


class EncounterScreen(Protocol):
    """What the page can show."""

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Show an assessment, or that there is nothing to assess yet."""

    def show_no_advice(self, why: Text) -> None:
        """Say that there is no advice, and why."""

    def show_why_not(self, answer: WhyNot | None) -> None:
        """Show why a condition stands no higher; None: nobody asked."""

    def show_status(self, text: Text) -> None:
        """Say what was done, quietly."""

    def show_problem(self, text: Text) -> None:
        """Say what did not work and what was kept."""

    def saved(self, encounter: Encounter) -> None:
        """The visit was saved."""


class EncounterPresenter:
    """Between one consultation and its page."""

    def __init__(
        self, consultation: Consultation, tasks: TaskDoor, screen: EncounterScreen, language: Callable[[], str]
    ) -> None:
        self.consultation = consultation
        self._tasks = tasks
        self._screen = screen
        self._language = language
        self.assessment: Assessment | None = None
        self._doubted: str | None = None
        self.why_no_engine = OPENING

    # -- advice -------------------------------------------------------------------------------------------------

    def assess(self) -> None:
        """Ask the engine about the visit as it stands; an answer that was overtaken is dropped by the door."""
        if self.consultation.engine is None:
            self.assessment = None
            self._screen.show_no_advice(self.why_no_engine)
            return
        if self.consultation.is_empty():
            self.assessment = None
            self._screen.show_assessment(None)
            return
        case, language = self.consultation.case(), self._language()
        self._tasks.run(
            "assess", lambda: self.consultation.assess(case, language), self._show, lambda e: self._no_advice(e)
        )

    def _show(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._screen.show_assessment(assessment)
        if self._doubted is not None:
            self.ask_why_not(self._doubted)

    def ask_why_not(self, condition: str) -> None:
        """Ask why a condition stands no higher, now and after every change of the visit; an empty id ends it."""
        self._doubted = condition or None
        if not condition:
            return
        case, language = self.consultation.case(), self._language()
        self._tasks.run(
            "why not", lambda: self.consultation.why_not(case, condition, language), self._screen.show_why_not,
            lambda e: self._screen.show_problem(sentence(e)),
        )  # fmt: skip

    def _no_advice(self, error: Exception) -> None:
        self.assessment = None
        self._screen.show_no_advice(sentence(error))

    # -- what is said ---------------------------------------------------------------------------------------------

    def set_text(self, text: str) -> bool:
        """Keep the text; the caller asks for an assessment when typing pauses. False when it was refused."""
        try:
            self.consultation.set_text(text)
        except BarefootError as error:
            self._screen.show_problem(sentence(error))
            return False
        return True

    def observe(self, finding: str, assertion: Assertion | None) -> None:
        """Keep what the clinician says of a finding, and ask again."""
        self.consultation.observe(finding, assertion)
        self.assess()

    def reject(self, finding: str) -> None:
        """Strike a finding out."""
        self.consultation.reject(finding)
        self.assess()

    def replace(self, old: str, new: str) -> None:
        """Correct one finding to another, keeping what was claimed of it."""
        known = [f.assertion for f in self.assessment.findings if f.id == old] if self.assessment else []
        self.consultation.reject(old)
        self.observe(new, known[0] if known else Assertion.PRESENT)

    # -- what is measured -----------------------------------------------------------------------------------------

    def measure(self, name: str, typed: str) -> Reading:
        """Read one field. A refused value is not kept; the reading says why."""
        usual = self.consultation.usual
        if name == PRESSURE:
            reading = read_blood_pressure(typed, usual("systolic_mmhg"), usual("diastolic_mmhg"))
            names: tuple[str, ...] = ("systolic_mmhg", "diastolic_mmhg")
        else:
            reading = read_measurement(name, typed, usual(name) if name in VITAL_NAMES else None)
            names = (name,)
        # a refused field no longer says what it said before, so its old value must not be saved either
        before = self.consultation.encounter
        if name == "weight_kg":
            self.consultation.set_weight(reading.values.get(name))
        else:
            self.consultation.set_vitals(names, dict(reading.values))
        if self.consultation.encounter is not before:
            self.assess()
        return reading

    def set_consciousness(self, level: str | None) -> None:
        """Keep how awake the patient is."""
        self.consultation.set_vitals(("consciousness",), {} if level is None else {"consciousness": level})
        self.assess()

    def set_pregnant(self, pregnant: bool | None) -> None:
        """Keep whether she is pregnant."""
        self.consultation.set_pregnant(pregnant)
        self.assess()

    def set_test(self, result: TestResult) -> Text | None:
        """Keep a test; returns the sentence when it was refused."""
        try:
            self.consultation.set_test(result)
        except BarefootError as error:
            return sentence(error)
        self.assess()
        return None

    def remove_test(self, name: str) -> None:
        """Forget a test."""
        self.consultation.remove_test(name)
        self.assess()

    # -- danger -----------------------------------------------------------------------------------------------------

    def answer_rule(self, rule: str, done: bool, reason: str) -> Text | None:
        """Keep the answer to a danger sign; returns the sentence when a reason is missing."""
        try:
            self.consultation.answer_rule(rule, done=done, reason=reason)
        except BarefootError as error:
            return sentence(error)
        self._screen.show_assessment(self.assessment)
        return None

    # -- finding names ----------------------------------------------------------------------------------------------

    def search(self, kind: str, query: str, offer: Callable[[tuple[Term, ...]], object]) -> None:
        """Look for ``findings`` or ``conditions`` by name in the background; nothing is offered without an engine."""
        engine = self.consultation.engine
        if engine is None or not query.strip():
            offer(())
            return
        seek = engine.search_findings if kind == "findings" else engine.search_conditions
        language = self._language()
        self._tasks.run(f"search {kind}", lambda: seek(query, language, 12), offer, lambda e: offer(()))

    def finding_names(self, assessment: Assessment) -> dict[str, str]:
        """Return names of the findings that an assessment mentions by id only."""
        engine = self.consultation.engine
        if engine is None:
            return {}
        names: dict[str, str] = {}
        ids = {f for c in assessment.differential for f in (*c.not_yet_known, *c.asked_and_absent)}
        for finding in ids:
            try:
                names[finding] = engine.label(finding, self._language())
            except KeyError:
                names[finding] = finding.replace("_", " ")
        return names

    # -- keeping ------------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save the visit; False when it could not be saved (then nothing is lost)."""
        try:
            saved = self.consultation.save(self._language())
        except Exception as error:  # whatever the disk does, the text stays on the screen
            self._screen.show_problem(sentence(error))
            return False
        self._screen.show_status(SAVED)
        self._screen.saved(saved)
        return True

    def save_draft(self) -> None:
        """Keep unfinished work in the background."""
        self._tasks.run(
            "draft",
            self.consultation.save_draft,
            lambda kept: self._screen.show_status(DRAFT_KEPT) if kept else None,
            lambda error: self._screen.show_problem(sentence(error)),
        )

    def leave(self) -> bool:
        """Keep unfinished work before the page goes away; False when it could not be kept."""
        try:
            self.consultation.save_draft()
        except Exception as error:
            self._screen.show_problem(sentence(error))
            return False
        return True
