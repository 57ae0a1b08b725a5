"""The command `export`: the diary as tables, as an archive, or for a clinic's system."""

import argparse
from typing import TYPE_CHECKING

from ketatrack.cli.sharing import everything, refuse_over_diary, shared

if TYPE_CHECKING:
    from ketatrack.models.records import SharingChoices
    from ketatrack.models.whole import WholeDiary
    from ketatrack.sharing.shared import Shared


def export(arguments: argparse.Namespace) -> int:
    """Write what was asked for and say what it holds; before that, that it is not encrypted."""
    from ketatrack.sharing.saving import save, save_all

    refuse_over_diary(arguments)
    held, made = _made(arguments)
    many = isinstance(made, dict)
    print("These files can be read by anyone who has them." if many else "This file can be read by anyone who has it.")
    if arguments.format == "json" and not _narrowed(arguments):
        print("It holds everything: names, every note, and every answer, question 9 of PHQ-9 included.")
    else:
        for words in _left_out(arguments):
            print(words)
    if arguments.hide_name:
        print("Names are taken out where they are found; what you wrote in notes may still tell who you are.")
    if isinstance(made, dict):
        save_all(arguments.output, made)
    else:
        save(arguments.output, made)
    counted = {"session": held.sessions, "check-in": held.check_ins, "questionnaire": held.answers}
    told = (f"{len(entries)} {name}{'' if len(entries) == 1 else 's'}" for name, entries in counted.items())
    print(f"{arguments.output}: {', '.join(told)}.")
    return 0


def _left_out(arguments: argparse.Namespace) -> list[str]:
    """What is not in the export until it is asked for, and how to ask."""
    said = []
    if not arguments.with_question_9:
        said.append("Left out: answers to single questions of PHQ-9; --with-question-9 puts them in.")
    if not arguments.with_notes:
        said.append("Left out: your notes, of sessions and of days; --with-notes puts them in.")
    return said


def _made(arguments: argparse.Namespace) -> "tuple[WholeDiary, bytes | dict[str, bytes]]":
    """What is in the export, and its one file or its several."""
    from ketatrack.sharing.archive import archive

    choices = _choices(arguments)
    whole, day = everything(arguments)
    # Whoever asks for less than everything hands it on; an archive of everything is the person's own.
    if arguments.format == "json" and not _narrowed(arguments):
        return whole, archive(whole)
    given = shared(arguments, choices, whole, day)
    return given.diary, _written(arguments, given)


def _narrowed(arguments: argparse.Namespace) -> bool:
    return bool(arguments.from_day or arguments.to_day or arguments.hide_name)


def _written(arguments: argparse.Namespace, given: "Shared") -> bytes | dict[str, bytes]:
    from ketatrack.sharing.archive import archive
    from ketatrack.sharing.csv_files import csv_files, csv_zip

    if arguments.format == "fhir":
        from ketatrack.sharing.fhir.bundle import document

        return document(given)
    if arguments.format == "json":
        return archive(given.diary)
    return csv_zip(given) if arguments.output.suffix.lower() == ".zip" else csv_files(given)


def _choices(arguments: argparse.Namespace) -> "SharingChoices":
    from ketatrack.models.records import SharingChoices
    from ketatrack.models.values import Period

    own = arguments.from_day is not None or arguments.to_day is not None
    return SharingChoices(
        period=Period.OWN if own else Period.ALL, from_day=arguments.from_day, to_day=arguments.to_day,
        hide_name=arguments.hide_name,
    )  # fmt: skip
