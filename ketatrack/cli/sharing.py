"""Commands that hand something on: report."""

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING

from ketatrack.cli.asking import passphrase, today
from ketatrack.errors import WrongUsage

if TYPE_CHECKING:
    from ketatrack.models.records import SharingChoices
    from ketatrack.models.whole import WholeDiary
    from ketatrack.sharing.shared import Shared


def report(arguments: argparse.Namespace) -> int:
    """The report for a doctor as one PDF; an older file of that name gives way when the new one is whole."""
    from ketatrack.sharing.attachments import attachments
    from ketatrack.sharing.report import typesetting
    from ketatrack.sharing.report.prepared import prepare
    from ketatrack.sharing.report.words import locale_of
    from ketatrack.sharing.saving import save

    refuse_over_diary(arguments)
    choices = _choices(arguments)
    locale = locale_of(choices.locale)
    chosen = shared(arguments, choices, *everything(arguments))
    inside = attachments(chosen)
    made = typesetting.pdf(prepare(chosen, locale), inside)
    save(arguments.output, made.content)
    print(f"The report is at {arguments.output}. It is not encrypted: anyone who has the file can read it.")
    if made.note:
        print(made.note)
    return 0


def _choices(arguments: argparse.Namespace) -> "SharingChoices":
    from ketatrack.models.records import SharingChoices
    from ketatrack.models.values import Paper, Period

    own = arguments.from_day is not None or arguments.to_day is not None
    return SharingChoices(
        period=Period.OWN if own else Period.ALL, from_day=arguments.from_day, to_day=arguments.to_day,
        paper=Paper(arguments.paper), hide_name=arguments.hide_name, grey=arguments.grey,
        sections=arguments.sections or SharingChoices().sections, locale=arguments.locale or "",
        attach=not arguments.without_data,
    )  # fmt: skip


def refuse_over_diary(arguments: argparse.Namespace) -> None:
    """Raise WrongUsage where the file that is asked for is the diary itself."""
    if arguments.output.exists() and arguments.diary.exists() and arguments.output.samefile(arguments.diary):
        raise WrongUsage("Nothing can be written over the diary; give another file after -o.")


def everything(arguments: argparse.Namespace) -> "tuple[WholeDiary, date]":
    """What the diary holds, and the diary day of now."""
    from ketatrack.diary import database, queries

    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        with diary.read() as connection:
            return queries.whole(connection), today(queries.settings(connection).day_start_minutes)
    finally:
        diary.close()


def shared(arguments: argparse.Namespace, choices: "SharingChoices", whole: "WholeDiary", day: date) -> "Shared":
    """What is left of the diary after the choices, and after what was said yes to this time."""
    from ketatrack.sharing.shared import Asked, share

    asked = Asked(safety_answers=arguments.with_question_9, notes=arguments.with_notes)
    return share(whole, choices, asked, day, datetime.now().astimezone())
