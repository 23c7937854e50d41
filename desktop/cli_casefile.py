"""``barefoot casefile``, ``identity`` and ``contact``: sealed case files without a window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.answer import give_answer
from desktop.secret_input import read_passphrase
from modelzoo.contract.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.casefile.identity import ClinicCard
    from desktop.services.exchange import ExchangeService, OpenedResult

Handler = Callable[[argparse.Namespace], int]


def register(subparsers: Any) -> None:
    """Add the subcommands of this module to the program's parser."""
    _register_casefile(subparsers.add_parser("casefile", help="seal, inspect or open a case file"))
    identity = subparsers.add_parser("identity", help="the clinic's own keys").add_subparsers(required=True)
    create = _vault_action(identity, "create", run_identity_create, "make the clinic's keys, once")
    create.add_argument("--name", required=True, help="the clinic's name, as the hospital shall read it")
    _vault_action(identity, "show", run_identity_show, "print what to give to others")
    contact = subparsers.add_parser("contact", help="the people the clinic seals for").add_subparsers(required=True)
    add = _vault_action(contact, "add", run_contact_add, "keep a contact")
    add.add_argument("--name", required=True)
    add.add_argument("--recipient", required=True, help="their age1… key")
    add.add_argument("--signing-key", default="", help="their signing key, 64 hexadecimal digits")
    add.add_argument("--note", default="")
    _vault_action(contact, "list", run_contact_list, "print the contacts")
    # no help text: a bundle calls itself by this name to work on a passphrase (desktop/casefile/passphrase.py)
    subparsers.add_parser("passphrase-child").set_defaults(handler=run_passphrase_child)


def _register_casefile(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="action", required=True)
    seal = _vault_action(actions, "seal", run_seal, "seal one encounter of a vault")
    seal.add_argument("--encounter", required=True, metavar="ID")
    seal.add_argument("--to", action="append", default=[], metavar="age1…", help="key to seal for; may be repeated")
    _file_passphrase(seal, "seal with a passphrase in place of --to")
    seal.add_argument("--output", type=Path, required=True, metavar="FILE")
    seal.add_argument("--overwrite", action="store_true", help="replace FILE if it is there")
    seal.add_argument("--language", choices=("en", "zh"), default="en", help="language of the summary")
    inspect = actions.add_parser("inspect", help="what a sealed file tells without opening it")
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--json", action="store_true", help="print JSON")
    inspect.set_defaults(handler=run_inspect)
    unseal = actions.add_parser("open", help="open, check signature and hashes, unpack")
    unseal.add_argument("file", type=Path, metavar="FILE")
    unseal.add_argument("--identity", type=Path, metavar="KEYFILE", help="age identity file (AGE-SECRET-KEY-1…)")
    unseal.add_argument("--vault", type=Path, metavar="PATH", help="use this clinic's keys and contacts")
    unseal.add_argument("--passphrase-file", type=Path, help="with --vault: file whose first line opens the vault")
    _file_passphrase(unseal, "the file is sealed with a passphrase")
    unseal.add_argument("--output", type=Path, required=True, metavar="DIR", help="new or empty folder")
    unseal.add_argument(
        "--signer", action="append", metavar="HEX", help="accept only this signing key; may be repeated"
    )
    unseal.add_argument("--accept-unknown-signer", action="store_true", help="open although the signer is unknown")
    unseal.add_argument("--json", action="store_true", help="print JSON")
    unseal.set_defaults(handler=run_open)


def run_seal(options: argparse.Namespace) -> int:
    """Seal one encounter. The vault's passphrase and the file's passphrase are two different things."""
    if bool(options.to) == options.passphrase:
        raise BadInput("Give either --to with a key, or --passphrase.", code="CLI-020")
    with _service(options.path, options.passphrase_file) as service:
        words = _typed_file_passphrase(options, twice=True)
        made = service.seal_encounter(
            options.encounter,
            options.output,
            recipients=options.to,
            passphrase=words,
            language=options.language,
            overwrite=options.overwrite,
        )
    answer = {
        "file": str(made.path),
        "size_bytes": made.size_bytes,
        "sha256": made.sha256,
        "sealed_with": "passphrase" if options.passphrase else "keys",
        "recipients": made.recipients,
    }
    readers = "with a passphrase" if options.passphrase else f"for {made.recipients} key(s)"
    return _print(options, answer, f"Sealed {readers}: {made.path} ({made.size_bytes:,} bytes)")


def run_inspect(options: argparse.Namespace) -> int:
    """Describe a sealed file."""
    from desktop.services.exchange import inspect_file

    seen = inspect_file(options.file)
    answer = {
        "file": str(options.file),
        "sealed_with": str(seen.sealed_with),
        "recipients": seen.recipients,
        "work_factor": seen.work_factor,
        "size_bytes": seen.size_bytes,
        "complete": seen.complete,
    }
    how = "with a passphrase" if seen.work_factor else f"for {seen.recipients} key(s)"
    whole = "its length is that of a whole case file" if seen.complete else "its length is not that of a case file"
    return _print(options, answer, f"A file sealed {how}, {seen.size_bytes:,} bytes; {whole}.")


def run_open(options: argparse.Namespace) -> int:
    """Open a case file with a key file, a vault's keys, or a passphrase."""
    from desktop.services.exchange import open_file, read_identity_file

    if sum((options.identity is not None, options.passphrase)) > 1 or not (
        options.identity or options.passphrase or options.vault
    ):
        raise BadInput("Give one of --identity, --vault or --passphrase.", code="CLI-021")
    if options.passphrase_file is not None and options.vault is None:
        raise BadInput(
            "--passphrase-file opens a vault; for the case file there is --file-passphrase-file.", code="CLI-021"
        )
    keys = read_identity_file(options.identity) if options.identity else None
    if options.vault is not None and options.signer:
        raise BadInput("Give --signer or --vault, not both: a vault has its contacts.", code="CLI-022")
    if options.vault is not None:
        with _service(options.vault, options.passphrase_file) as service:
            opened = service.open(
                options.file,
                options.output,
                identities=keys,
                passphrase=_typed_file_passphrase(options),
                accept_unknown_signer=options.accept_unknown_signer,
            )
    else:
        opened = open_file(
            options.file,
            options.output,
            identities=keys or (),
            passphrase=_typed_file_passphrase(options),
            known_signers=_signers(options.signer),
            accept_unknown_signer=options.accept_unknown_signer,
        )
    return _print_opened(options, opened)


def _print_opened(options: argparse.Namespace, opened: OpenedResult) -> int:
    from desktop.casefile.keys import signing_fingerprint

    answer = {
        "output": str(opened.output),
        "signed_by": opened.signer_name,
        "signer": str(opened.signer),
        "signing_key": opened.clinic.signing_key,
        "reply_to": opened.clinic.recipient,
        "created_at": opened.created_at.isoformat(),
        "addressed_to_you": opened.addressed,
        "members": list(opened.members),
    }
    if opened.signer == "unknown":
        print(
            "barefoot: The signature is sound, but nothing here proves whose it is; compare the signing key.",
            file=sys.stderr,
        )
    if not opened.addressed:
        print("barefoot: The signer sealed this for someone else, who passed it on.", file=sys.stderr)
    lines = (f"Unpacked to {opened.output}", f"signed by {opened.signer_name} ({opened.signer})")
    return _print(options, answer, "\n".join((*lines, signing_fingerprint(opened.clinic.signing_key))))


def run_identity_create(options: argparse.Namespace) -> int:
    """Make the clinic's keys."""
    with _service(options.path, options.passphrase_file) as service:
        return _print_card(options, service.create_identity(options.name))


def run_identity_show(options: argparse.Namespace) -> int:
    """Print the public half of the clinic's keys."""
    with _service(options.path, options.passphrase_file) as service:
        return _print_card(options, service.identity())


def run_contact_add(options: argparse.Namespace) -> int:
    """Keep a contact."""
    with _service(options.path, options.passphrase_file) as service:
        added = service.add_contact(options.name, options.recipient, options.signing_key, options.note)
    answer = {"name": added.name, "recipient": added.recipient, "signing_key": added.signing_key}
    return _print(options, answer, f"{added.name}  {added.recipient}")


def run_contact_list(options: argparse.Namespace) -> int:
    """Print the contacts."""
    with _service(options.path, options.passphrase_file) as service:
        contacts = service.contacts()
    rows = [{"name": c.name, "recipient": c.recipient, "signing_key": c.signing_key, "note": c.note} for c in contacts]
    text = "\n".join(f"{c.name}  {c.recipient}  {c.signing_key or '(no signing key)'}" for c in contacts)
    return _print(options, rows, text or "There is no contact yet.")


def run_passphrase_child(_options: argparse.Namespace) -> int:
    """Work on one passphrase, as the bundle's own child process."""
    from desktop.casefile.passphrase_child import main

    return main()


def _print_card(options: argparse.Namespace, card: ClinicCard) -> int:
    from desktop.casefile.keys import signing_fingerprint

    answer = {"name": card.name, "recipient": card.recipient, "signing_key": card.signing_key}
    lines = (card.name, f"seal for:    {card.recipient}", f"signs with:  {signing_fingerprint(card.signing_key)}")
    return _print(options, answer, "\n".join(lines))


@contextmanager
def _service(path: Path, passphrase_file: Path | None) -> Iterator[ExchangeService]:
    from desktop.services.exchange import ExchangeService
    from desktop.vault import Vault
    from desktop.vault.opening import recognise

    recognise(path)  # before anybody is asked for a passphrase
    with Vault.open(path, read_passphrase(passphrase_file, "Passphrase of the vault: ")) as vault:
        yield ExchangeService(vault)


def _signers(given: list[str] | None) -> dict[str, str] | None:
    from desktop.casefile.keys import check_signing_key

    return None if given is None else {check_signing_key(key): "" for key in given}


def _typed_file_passphrase(options: argparse.Namespace, *, twice: bool = False) -> str | None:
    if not options.passphrase:
        if options.file_passphrase_file is not None:
            raise BadInput("--file-passphrase-file belongs to --passphrase.", code="CLI-020")
        return None
    return read_passphrase(options.file_passphrase_file, "Passphrase of the case file: ", twice=twice)


def _file_passphrase(parser: argparse.ArgumentParser, line: str) -> None:
    parser.add_argument("--passphrase", action="store_true", help=line)
    parser.add_argument("--file-passphrase-file", type=Path, help="file whose first line is the case file's passphrase")


def _vault_action(actions: Any, name: str, handler: Handler, line: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=line, description=line)
    parser.add_argument("path", type=Path, metavar="PATH", help="the vault's folder")
    parser.add_argument("--passphrase-file", type=Path, help="file whose first line is the vault's passphrase")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(handler=handler)
    return parser


def _print(options: argparse.Namespace, answer: object, text: str) -> int:
    return give_answer(answer, text, as_json=options.json)
