"""One sentence for every error, in the language of the screen, found by the error's stable code."""

from __future__ import annotations

from desktop.resources.translatable import Text, translatable
from modelzoo.contract.errors import BarefootError

_BY_CODE: dict[str, Text] = {
    "VLT-001": translatable("errors", "There is no vault of Barefoot here, or it is another kind of file."),
    "VLT-002": translatable("errors", "Something is already in that place; nothing was overwritten."),
    "VLT-003": translatable("errors", "This passphrase does not open the vault."),
    "VLT-004": translatable("errors", "Too many wrong passphrases. Wait {seconds} s before the next try."),
    "VLT-005": translatable("errors", "The recovery key is mistyped, or belongs to another vault."),
    "VLT-006": translatable("errors", "The passphrase is too short."),
    "VLT-007": translatable("errors", "The vault is open in another window or program; close it there first."),
    "VLT-008": translatable("errors", "This record was changed elsewhere since you opened it; "
        "nothing was overwritten."),
    "VLT-009": translatable("errors", "This record is not in the vault."),
    "VLT-020": translatable("errors", "The vault is damaged. It is not your passphrase: a backup may be needed."),
    "VLT-021": translatable("errors", "The vault was written by a newer version of Barefoot."),
    "VLT-022": translatable("errors", "The disk is full, so nothing was saved. Free some space and save "
        "again; your text is still here."),
    "VLT-023": translatable("errors", "The disk cannot be written, so nothing was saved. Your text is still here."),
    "ART-001": translatable("errors", "The assessment pack is missing, so there is no advice. Records work as always."),
    "ART-002": translatable("errors", "The assessment pack is damaged, so there is no advice. Records work as always."),
    "ART-003": translatable("errors", "The assessment pack needs a newer Barefoot, so there is no "
        "advice. Records work as always."),
    "ART-004": translatable("errors", "This computer's processor is too old to give advice. Records work as always."),
    "ADV-001": translatable("errors", "There is no advice for this visit. The record works as always."),
    "INP-024": translatable("errors", "The text is too long; what was there before is kept."),
    "INP-032": translatable("errors", "The upper blood pressure must be higher than the lower one."),
    "INP-011": translatable("errors", "That age is not possible: from 0 to 125 years."),
    "INP-025": translatable("errors", "The text holds damaged characters; what was there before is kept."),
    "DOM-041": translatable("errors", "The birth date lies in the future."),
    "DOM-051": translatable("errors", "That is too long to be kept; please shorten it."),
    "DOM-052": translatable("errors", "There are signs in it that cannot be kept."),
    "DOM-053": translatable("errors", "Please give a name."),
    "CF-001": translatable("errors", "This is not a case file of Barefoot."),
    "CF-002": translatable("errors", "This case file was sealed for someone else; your keys do not open it."),
    "CF-003": translatable("errors", "This case file was cut short on its way. Ask for it again."),
    "CF-004": translatable("errors", "This case file was damaged or changed on its way. Ask for it again."),
    "CF-005": translatable("errors", "This passphrase does not open the case file."),
    "CF-006": translatable("errors", "This case file was made by a newer version of Barefoot."),
    "CF-009": translatable("errors", "Not enough memory is free for a passphrase. Close other "
        "programs, or seal for a contact."),
    "CF-010": translatable("errors", "This case file is sealed with a passphrase. Type it and open again."),
    "CF-011": translatable("errors", "This case file is sealed for keys; a passphrase does not open it."),
    "CF-027": translatable("errors", "The signature of this case file is wrong. Nothing was unpacked."),
    "CF-028": translatable("errors", "This case file is signed by a clinic that is not in your contacts."),
    "CF-040": translatable("errors", "Something is already in that place; nothing was overwritten."),
    "CF-041": translatable("errors", "That folder cannot be written; nothing was written."),
    "CF-042": translatable("errors", "The disk is full; nothing was written."),
    "CF-043": translatable("errors", "That file is not there or cannot be read."),
    "CF-050": translatable("errors", "That is not a key of a recipient. It begins with age1."),
    "CF-052": translatable("errors", "Choose for whom to seal, or type a passphrase."),
    "CF-053": translatable("errors", "This passphrase is too easy: at least 10 characters, several words are best."),
    "CF-054": translatable("errors", "That is not a signing key: it has 64 letters and digits."),
    "CF-055": translatable("errors", "Please give a name of one line."),
    "CF-056": translatable("errors", "Your clinic has no keys yet. Make them first, on the page Sealed."),
    "CF-057": translatable("errors", "Your clinic has its keys already; they are kept."),
    "CF-058": translatable("errors", "There is a contact with this name or key already."),
    "CF-059": translatable("errors", "The keys of your clinic are damaged. A backup may be needed."),
    "INP-070": translatable("errors", "Write a few words why not."),
}  # fmt: skip
UNEXPECTED = translatable("errors", "That did not work ({kind}). What you wrote is still here; try again.")

OTHER = translatable("errors", "{message} ({code})")


def sentence(error: Exception) -> Text:
    """Return what a person is shown. An error without a translation keeps its own sentence and code."""
    if not isinstance(error, BarefootError):
        return UNEXPECTED.fill(kind=type(error).__name__)
    known = _BY_CODE.get(error.code)
    if known is None:
        return OTHER.fill(message=error.message, code=error.code)
    numbers = {k: _short(v) for k, v in error.data.items()}
    return known.fill(**numbers)


def _short(value: object) -> object:
    return max(1, int(value + 0.999)) if isinstance(value, float) else value
