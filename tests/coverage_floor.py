"""Holds branch coverage to its floors: `python tests/coverage_floor.py build/coverage.json` after the tests.

Over all 95 %; some rooms have a floor of their own. The files in PERFECT are covered whole, each by the test beside it.
"""

import json
import sys
from collections import Counter
from pathlib import Path

OVERALL = 95.0
ROOMS: dict[str, float] = {
    "ketatrack/models/": 100.0,
    "ketatrack/diary/": 100.0,
    "ketatrack/analysis/": 100.0,
    "ketatrack/formats/": 100.0,
    "ketatrack/charts/": 98.0,
    "ketatrack/report/": 97.5,
    "ketatrack/ui/": 95.0,
}
PERFECT: dict[str, str] = {
    "ketatrack/analysis/bounds.py": "tests/analysis/test_bounds.py",
    "ketatrack/analysis/comparisons.py": "tests/analysis/test_comparisons.py",
    "ketatrack/analysis/episodes.py": "tests/analysis/test_episodes.py",
    "ketatrack/analysis/estimate_sentences.py": "tests/analysis/test_estimate_sentences.py",
    "ketatrack/analysis/estimates.py": "tests/analysis/test_estimates.py",
    "ketatrack/analysis/habit_patterns.py": "tests/analysis/test_habit_patterns.py",
    "ketatrack/analysis/habits.py": "tests/analysis/test_habits.py",
    "ketatrack/analysis/kaplan_meier.py": "tests/analysis/test_kaplan_meier.py",
    "ketatrack/analysis/measures.py": "tests/analysis/test_measures.py",
    "ketatrack/analysis/npmle.py": "tests/analysis/test_npmle.py",
    "ketatrack/analysis/result.py": "tests/analysis/test_result.py",
    "ketatrack/analysis/sentences.py": "tests/analysis/test_sentences.py",
    "ketatrack/analysis/trends.py": "tests/analysis/test_trends.py",
    "ketatrack/analysis/weibull.py": "tests/analysis/test_weibull.py",
    "ketatrack/atomic.py": "tests/test_atomic.py",
    "ketatrack/charts/journey.py": "tests/charts/test_journey.py",
    "ketatrack/charts/session_bars.py": "tests/charts/test_session_bars.py",
    "ketatrack/charts/smoothing.py": "tests/charts/test_smoothing.py",
    "ketatrack/diary/migrations.py": "tests/diary/test_migrations.py",
    "ketatrack/diary/tables.py": "tests/diary/test_tables.py",
    "ketatrack/formats/archive.py": "tests/formats/test_archive.py",
    "ketatrack/formats/detect.py": "tests/formats/test_detect.py",
    "ketatrack/models/instruments.py": "tests/models/test_instruments.py",
    "ketatrack/models/labels.py": "tests/models/test_labels.py",
    "ketatrack/models/safety.py": "tests/models/test_safety.py",
    "ketatrack/models/tracked.py": "tests/models/test_tracked.py",
    "ketatrack/models/typed.py": "tests/models/test_typed.py",
    "ketatrack/ui/editor.py": "tests/ui/test_editor.py",
    "ketatrack/ui/help_now.py": "tests/ui/test_help_now.py",
    "ketatrack/ui/jobs.py": "tests/ui/test_jobs.py",
    "ketatrack/ui/scores/clinic_total.py": "tests/ui/scores/test_clinic_total.py",
    "ketatrack/ui/widgets/fields.py": "tests/ui/widgets/test_fields.py",
}


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
