"""The command `import`: older notes come in, and every row is accounted for."""

import argparse
import json
from typing import TYPE_CHECKING

from ketatrack.cli.asking import passphrase, today

if TYPE_CHECKING:
    from ketatrack.importing import check_ins


def bring_in(arguments: argparse.Namespace) -> int:
    """Import a CSV as check-ins, in one transaction, and account for every row."""
    from ketatrack.diary import changes, database, queries
    from ketatrack.importing import check_ins, mapping
    from ketatrack.models.records import CheckIn

    chosen = mapping.load(arguments.mapping) if arguments.mapping else mapping.guess(arguments.file)
    diary = database.open_diary(arguments.diary, passphrase(arguments))
    try:
        with diary.read() as connection:
            tracked, settings = queries.tracked(connection), queries.settings(connection)
            known = queries.ids(connection, CheckIn)
        made = check_ins.plan(arguments.file, chosen, tracked, known, today(), settings.day_start_minutes)
        if not arguments.dry_run:
            changes.apply(diary, [(None, entry) for entry in made.entries], today())
    finally:
        diary.close()
    if arguments.json:
        print(json.dumps(made.as_json(), ensure_ascii=False))
    else:
        print("\n".join(_account(made, arguments.dry_run)))
    return 0


def _account(made: "check_ins.Plan", dry_run: bool) -> list[str]:
    verb = "would come in" if dry_run else "imported"
    skipped = [f"  line {row.line}: {row.reason}" for row in made.skipped]
    return [
        f"{made.read} rows read, {made.imported} {verb}, {made.duplicates} here already, {len(skipped)} skipped.",
        *skipped,
    ]
