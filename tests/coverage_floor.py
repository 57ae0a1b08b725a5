"""Holds branch coverage to its floors: `python tests/coverage_floor.py build/coverage.json` after the tests.

Over all 90 %; some rooms have a floor of their own. The files in PERFECT are covered whole, each by the test beside it.
"""

import json
import sys
from collections import Counter
from pathlib import Path

OVERALL = 90.0
ROOMS: dict[str, float] = {}
PERFECT: dict[str, str] = {}


def main(report: Path) -> int:
    """Print what is below its floor; 1 where anything is."""
    files = {name: entry["summary"] for name, entry in json.loads(report.read_text(encoding="utf-8"))["files"].items()}
    floors = {"ketatrack/": OVERALL, **ROOMS, **dict.fromkeys(PERFECT, 100.0)}
    below = []
    for name, floor in floors.items():
        share = covered([summary for path, summary in files.items() if path.startswith(name)])
        print(f"{share:6.2f} %  {name}") if name not in PERFECT else None
        if share < floor:
            below.append(f"{name}: {share:.2f} % of lines and branches are covered; {floor:g} % is the floor.")
    below += [f"{test} is missing: it covers {source}." for source, test in PERFECT.items() if not Path(test).exists()]
    print("\n".join(below))
    return 1 if below else 0


def covered(summaries: list[dict[str, int]]) -> float:
    """Return the share of lines and branches that were run, in percent; 0 for no file at all."""
    total: Counter[str] = Counter()
    for summary in summaries:
        total.update(
            {key: summary[key] for key in ("num_statements", "num_branches", "covered_lines", "covered_branches")}
        )
    possible = total["num_statements"] + total["num_branches"]
    return 100 * (total["covered_lines"] + total["covered_branches"]) / possible if possible else 0.0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
