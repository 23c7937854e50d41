"""The headless twin: one front for all subcommands; each is imported only when it is used.

Exit status: 0 done, 1 a fault of the program, 2 unusable input, 3 an artefact or the vault fails its check.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from desktop.silence import refuse_internet_sockets
from modelzoo.contract.errors import ArtefactError, BarefootError

# subcommand -> the module that registers it with ``register(subparsers)``, and its line of help
COMMANDS: dict[str, tuple[str, str]] = {
    "assess": ("desktop.cli_engine", "one complaint, or a file of cases, to assessments"),
    "self-check": ("desktop.cli_engine", "whether this machine runs Barefoot as it was released"),
    "knowledge": ("desktop.cli_knowledge", "read the knowledge that the advice comes from"),
    "evidence": ("desktop.cli_evidence", "what this build scores on worked cases and public sets"),
    "vault": ("desktop.cli_vault", "create, check, back up, restore, fill or list an encrypted store"),
    "casefile": ("desktop.cli_casefile", "seal, inspect or open a case file"),
    "identity": ("desktop.cli_casefile", "the clinic's own keys"),
    "contact": ("desktop.cli_casefile", "the people the clinic seals for"),
}

# the bundle calls itself by this name to work on a passphrase; it has no line of help
HIDDEN = {"passphrase-child": "desktop.cli_casefile"}

Handler = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit status; nothing but its result reaches standard output."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    refuse_internet_sockets()
    _speak_utf8()
    try:
        options = _parser(arguments).parse_args(arguments)
        handler: Handler = options.handler
        return handler(options)
    except BarefootError as error:
        print(f"barefoot: {error.message}", file=sys.stderr)
        return 3 if isinstance(error, ArtefactError) else 2
    except KeyboardInterrupt:
        print("barefoot: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:
        # the message of an unforeseen error may quote what was typed, so only its kind is shown
        print(f"barefoot: The program met a fault of its own ({type(error).__name__}).", file=sys.stderr)
        _log_fault(error)
        return 1


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="barefoot",
        description="An offline assistant for the clinician in a village clinic. Alone, it opens the window.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="versions of the program and what it carries")
    subparsers = parser.add_subparsers(metavar="command", required=True)
    wanted = next((word for word in arguments if not word.startswith("-")), None)
    if wanted in HIDDEN:
        importlib.import_module(HIDDEN[wanted]).register(subparsers)
    elif wanted in COMMANDS:
        importlib.import_module(COMMANDS[wanted][0]).register(subparsers)
    else:
        for name, (_module, line) in COMMANDS.items():
            subparsers.add_parser(name, help=line)
    return parser


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and repeats nothing that was typed: it may be a patient's words."""

    def error(self, message: str) -> NoReturn:
        """End with exit status 2."""
        if message.startswith("unrecognized arguments"):
            message = "there are words or options too many; put a text into quotation marks"
        message = re.sub(r": (['\"]).*\1(?= \(choose from|$)", "", message, flags=re.DOTALL)
        self.exit(2, f"barefoot: {message[:1].upper()}{message[1:]} (see {self.prog} --help).\n")


class _Version(argparse.Action):
    """Print the versions without loading the engine."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from desktop.answer import give_answer
        from desktop.versions import versions

        known = versions()
        give_answer(known, "\n".join(f"{name} {version}" for name, version in known.items()), as_json=False)
        parser.exit(0)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a test's or a bundle's stream may not have it
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _log_fault(error: Exception) -> None:
    from desktop.logs import log_fault, set_up_logs
    from desktop.paths import log_folder

    try:
        set_up_logs(log_folder())
        log_fault(error)
    except OSError:
        print("barefoot: The fault could not be logged.", file=sys.stderr)
