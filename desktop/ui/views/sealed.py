"""Sealed: the clinic's own keys, the contacts, and opening what others sealed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop.casefile.errors import NoIdentity
from desktop.casefile.identity import ClinicCard
from desktop.domain.contact import Contact
from desktop.resources.translatable import Text, translatable
from desktop.services.exchange import ExchangeService
from desktop.ui.i18n import translated
from desktop.ui.plain_text import clean_line, shown
from desktop.ui.presenters.encounter import TaskDoor
from desktop.ui.presenters.sentences import sentence
from desktop.ui.widgets.open_sealed import OpenSealed
from desktop.ui.widgets.pane import Pane, button, label
from desktop.ui.widgets.record_table import RecordTable
from modelzoo.contract.errors import BarefootError

TITLE, OURS = translatable("sealed", "Sealed case files"), translatable("sealed", "Your clinic")
NO_KEYS = translatable(
    "sealed", "Your clinic has no keys yet. Name it to make them; others then can seal files for you."
)
NAME, MAKE = translatable("sealed", "Name of your clinic"), translatable("sealed", "Make the keys")
GIVE = translatable("sealed", "Give these two lines to those who seal for you, and compare them by voice.")
COPY = translatable("sealed", "Copy")
CONTACTS = translatable("sealed", "Contacts")
NO_CONTACT = translatable(
    "sealed", "No contact yet. Add a hospital or colleague below, with the key that they gave you."
)
HEADINGS = (
    translatable("sealed", "Name"), translatable("sealed", "Key"), translatable("sealed", "Signature checked")
)  # fmt: skip
YES, NO = translatable("sealed", "yes"), translatable("sealed", "no")
CONTACT_NAME = translatable("sealed", "Name")
KEY = translatable("sealed", "Key (age1…)")
SIGNING = translatable("sealed", "Signing key (optional)")
ADD = translatable("sealed", "Add contact")
HOW = translatable("sealed", "To seal a visit, open it and press Ctrl+E.")


class SealedView(Pane):
    """Left: keys and contacts. Right: a file from others."""

    failed = Signal(object)

    def __init__(self, exchange: ExchangeService, tasks: TaskDoor, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="page")
        self._exchange = exchange
        self._card: ClinicCard | None = None
        self._contacts: list[Contact] = []
        self._problem: Text | None = None
        self.clinic, self.make = QLineEdit(), button("primary", name="make_keys")
        self.clinic.setObjectName("sealed_clinic")
        self.card, self.copy = label(wrap=True, name="clinic_card"), button(name="copy_card")
        self.card.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.table = RecordTable(HEADINGS, (170, 0, 140))
        self.name, self.key, self.signing = QLineEdit(), QLineEdit(), QLineEdit()
        self.add, self.none = button(name="add_contact"), label("muted", wrap=True)
        self.problem = label("notice", wrap=True, name="sealed_problem")
        self.problem.hide()
        self.opener = OpenSealed(exchange, tasks)
        self._new, self._known = Pane(), Pane()
        self._build()

    def _build(self) -> None:
        left = Pane(role="panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._fill_identity()
        ours, contacts, how = label("heading"), label("heading"), label("small", wrap=True)
        spoken = ((ours, OURS), (contacts, CONTACTS), (how, HOW), (self.none, NO_CONTACT), (self.add, ADD))
        for spoken_part, words in spoken:
            self.speak(spoken_part.setText, words)
        for part in (ours, self._new, self._known, self.problem, contacts, self.none):
            column.addWidget(part)
        column.addWidget(self.table, 10)
        column.addLayout(self._contact_form())
        column.addStretch(1)
        column.addWidget(how)
        title = label("title")
        self.speak(title.setText, TITLE)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        for side, share in ((left, 54), (self.opener, 46)):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            sides.addWidget(side, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(title)
        layout.addLayout(sides, 1)
        self.make.clicked.connect(self.make_keys)
        self.clinic.returnPressed.connect(self.make_keys)
        self.copy.clicked.connect(self._copy)
        self.add.clicked.connect(self.add_contact)

    def _fill_identity(self) -> None:
        no_keys, give = label("muted", wrap=True), label("small", wrap=True)
        self.speak(no_keys.setText, NO_KEYS)
        self.speak(give.setText, GIVE)
        self.speak(self.clinic.setPlaceholderText, NAME)
        self.speak(self.make.setText, MAKE)
        self.speak(self.copy.setText, COPY)
        row = QHBoxLayout()
        row.addWidget(self.clinic, 1)
        row.addWidget(self.make)
        new, known = QVBoxLayout(self._new), QVBoxLayout(self._known)
        for column in (new, known):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
        new.addWidget(no_keys)
        new.addLayout(row)
        known.addWidget(self.card)
        known.addWidget(give)
        known.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)

    def _contact_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(6)
        for field, words, name in (
            (self.name, CONTACT_NAME, "contact_name"), (self.key, KEY, "contact_key"),
            (self.signing, SIGNING, "contact_signing"),
        ):  # fmt: skip
            caption = label()
            caption.setBuddy(field)
            field.setMaxLength(500)
            field.setObjectName(name)
            self.speak(caption.setText, words)
            form.addRow(caption, field)
        form.addRow("", self.add)
        return form

    def refresh(self) -> None:
        """Read keys and contacts anew."""
        try:
            self._contacts = self._exchange.contacts()
            self._card = self._exchange.identity()
        except NoIdentity:
            self._card = None
        except BarefootError as error:
            self.failed.emit(error)
        self.retranslate()

    def make_keys(self) -> None:
        """Make the clinic's keys, once."""
        self._try(lambda: self._exchange.create_identity(clean_line(self.clinic.text(), 200)))

    def add_contact(self) -> None:
        """Keep a contact; what was typed stays until it was taken."""
        fields = (clean_line(self.name.text()), clean_line(self.key.text()), clean_line(self.signing.text()))
        if self._try(lambda: self._exchange.add_contact(*fields)):
            for line in (self.name, self.key, self.signing):
                line.clear()

    def retranslate(self) -> None:
        """Show keys and contacts in the language in use."""
        self._new.setVisible(self._card is None)
        self._known.setVisible(self._card is not None)
        if self._card is not None:
            self.card.setText(f"{shown(self._card.name)}\n{self._card.recipient}\n{self._card.signing_key}")
        self.table.retranslate()
        self.table.show_rows([(c.name, c.recipient, translated(YES if c.signing_key else NO)) for c in self._contacts])
        self.table.setVisible(bool(self._contacts))
        self.none.setVisible(not self._contacts)
        if self._problem is not None:
            self.problem.setText(translated(self._problem))

    def _try(self, act: object) -> bool:
        try:
            act()  # type: ignore[operator]
        except BarefootError as error:
            self._problem = sentence(error)
            self.problem.setText(translated(self._problem))
            self.problem.show()
            return False
        self._problem = None
        self.problem.hide()
        self.refresh()
        return True

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.card.text())
