"""Every chart's numbers as a table: the same as what is drawn, told by the same result."""

from datetime import date

from people import TODAY, result, share_of

from ketatrack.analysis.estimates import estimates
from ketatrack.charts.comparison import comparison_charts
from ketatrack.charts.heat_map import heat_map
from ketatrack.charts.journey import journey_of
from ketatrack.charts.overlaid import overlaid
from ketatrack.charts.session_bars import bars_of_sessions
from ketatrack.models.tracked import built_in


def by_first(numbers) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in numbers.rows}


def test_the_journey_lists_readings_and_sessions_of_its_period():
    chart = journey_of(result(count=3)).between(date(2026, 1, 15), date(2026, 2, 4))
    numbers = chart.numbers()
    assert numbers.columns == ("Date", "Low mood", "Session", "Days since session")
    assert numbers.rows[0] == ("2026-01-15", "7", "", "14")
    assert ("2026-01-21", "", "IV 55 mg", "") in numbers.rows
    assert numbers.rows[-1] == ("2026-02-04", "7", "", "14")
    assert len(numbers.rows) == len(chart.visible) + 1


def test_the_laid_over_sessions_tell_median_quartiles_and_how_many():
    chart = overlaid(result(count=10))
    told = by_first(chart.numbers())
    middle = next(each for each in chart.middles if each.day == 14)
    assert [float(cell) for cell in told["14"][:3]] == [round(v, 1) for v in (middle.median, middle.low, middle.high)]
    assert told["14"][3:] == ("10", "2")
    assert told["19"][4] == "7"


def test_the_share_tells_each_day_with_its_limits():
    chart = share_of(result(count=8))
    told = by_first(chart.numbers())
    assert told["0"] == ("100", "100", "100", "100", "8")
    assert int(told["10"][0]) == round(100 * chart.share(10))
    assert told["10"][1:3] == tuple(str(round(100 * float(limit))) for limit in chart.limits(10))
    assert len(told) == int(chart.longest) + 1
    assert share_of(result(count=2)).numbers().rows == ()


def test_each_session_tells_both_ends_newest_first():
    found = result(count=3)
    rows = bars_of_sessions(found, estimates(found)).numbers().rows
    assert rows[-1] == ("2026-01-01", "IV 55 mg", "6", "7", "faded", "planned date")
    assert [row[0] for row in rows] == ["2026-02-10", "2026-01-21", "2026-01-01"]


def test_groups_tell_what_they_rest_on():
    chart = comparison_charts(result(count=11))[0]
    (iv, im) = sorted(chart.numbers().rows, key=lambda row: row[0], reverse=True)
    assert iv == ("IV", "", "", "", "4", "4", "4", "4")
    assert im[0] == "IM"
    assert im[1] == f"{chart.rows[0].group.good_days:.1f}"


def test_the_heat_map_tells_each_week_latest_first():
    habit = next(item for item in built_in() if item.key == "exercise")
    chart = heat_map(habit, {date(2026, 8, 10): 30.0, date(2026, 8, 12): 45.5}, (), date(2026, 8, 12))
    numbers = chart.numbers()
    assert numbers.rows[0] == ("2026-08-10", "30", "", "45.5", "", "", "", "", "75.5", "2")
    assert numbers.rows[1] == ("2026-08-03", *[""] * 8, "0")
    assert numbers.columns[-2:] == ("Total", "Days noted")


def test_the_text_is_what_a_spreadsheet_takes():
    text = journey_of(result(count=1)).numbers().as_text()
    assert text.splitlines()[0] == "Date\tLow mood\tSession\tDays since session"
    assert all(line.count("\t") == 3 for line in text.splitlines())
    assert f"{TODAY.isoformat()}\t" not in text
