"""What the Relief page shows, worked out in a background thread: read, close the connection, then compute.

matplotlib arrives here, in the background thread, so that the window stays alive during the first visit.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from ketatrack.analysis.measures import Measure
from ketatrack.analysis.result import Relief, faded_now, known_measures, newest, relief_of
from ketatrack.diary import reading
from ketatrack.diary.database import Diary
from ketatrack.models.periods import months_before
from ketatrack.models.records import Baseline, EarlySign, Rule, Session
from ketatrack.ui import preload
from ketatrack.ui.localised import short_day

if TYPE_CHECKING:
    from ketatrack.analysis.estimate_sentences import Explanation
    from ketatrack.analysis.estimates import Estimates
    from ketatrack.analysis.sentences import Headline
    from ketatrack.charts.comparison import ComparisonChart
    from ketatrack.charts.journey import Journey
    from ketatrack.charts.overlaid import Overlaid
    from ketatrack.charts.session_bars import SessionBars
    from ketatrack.charts.survival import SurvivalChart

STILL_CURRENT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class ReliefContent:
    """One answer of the job. `proposal` is the computed baseline in use, to be accepted; None where one is stored.

    Drift is not looked for until `with_drift` has.
    """

    measures: tuple[Measure, ...]
    relief: Relief
    rule: Rule | None
    proposal: Baseline | None
    journey: "Journey"
    overlaid: "Overlaid"
    share: "SurvivalChart"
    session_bars: "SessionBars"
    sides: "tuple[ComparisonChart, ...]"
    estimates: "Estimates"
    signs: tuple[EarlySign, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to show for any period."""
        return not self.relief.sessions and not self.relief.readings

    def treatment(self, identity: UUID) -> Session:
        """Return the session of that id, without its vitals."""
        return next(session for session in self.relief.sessions if session.id == identity)

    def period(self, months: int | None) -> "Journey":
        """Return journey over the last `months`, None for everything; it ends today unless the entries end earlier."""
        days = [score.day for score in self.journey.scores] + [session.day for session in self.relief.sessions]
        today = self.relief.today
        last = max(days, default=today)
        end = today if today - last <= STILL_CURRENT else last
        first = date.min if months is None else months_before(end, months)
        return self.journey.between(max(first, self.journey.begin), end)


def load_relief(diary: Diary, key: str | None, today: date) -> ReliefContent:
    """Read the diary and work out relief on the measure `key`; without it, or where it is gone, on the main one."""
    with diary.read() as connection:
        records, signs = reading.relief_records(connection), reading.early_signs(connection)
        known = known_measures(records, today)
        relief = relief_of(records, today, key if key in {measure.key for measure in known} else None)
    stored = newest(records.baselines, relief.measure.key)
    estimated = _estimates(relief, look_for_drift=False)
    rule, proposal = newest(records.rules, relief.measure.key), relief.baseline if stored is None else None
    shown_signs = signs if faded_now(relief) else ()
    return ReliefContent(known, relief, rule, proposal, *_pictures(relief, estimated), estimated, shown_signs)


def with_drift(result: ReliefContent) -> ReliefContent:
    """Return the same with drift looked for, which takes longer than all the rest."""
    return replace(result, estimates=_estimates(result.relief, look_for_drift=True))


def headline(result: ReliefContent) -> "Headline":
    """Return the sentence on top of the page, in parts."""
    from ketatrack.analysis.estimate_sentences import headline as said

    return said(result.relief, result.estimates)


def origin(result: ReliefContent) -> "tuple[Explanation, ...]":
    """How all of it was worked out, in parts with headings."""
    from ketatrack.analysis.estimate_sentences import parts

    return parts(result.relief, result.estimates, short_day)


def drift_words(result: ReliefContent) -> str:
    """Whether relief grew longer or shorter over the sessions; "" where that may not be said."""
    from ketatrack.analysis.estimate_sentences import drift_sentence

    return drift_sentence(result.estimates)


def _estimates(relief: Relief, look_for_drift: bool) -> "Estimates":
    from ketatrack.analysis.estimates import estimates

    return estimates(relief, look_for_drift)


def _pictures(
    relief: Relief, estimated: "Estimates"
) -> "tuple[Journey, Overlaid, SurvivalChart, SessionBars, tuple[ComparisonChart, ...]]":
    from ketatrack.charts.comparison import comparison_charts
    from ketatrack.charts.journey import journey_of
    from ketatrack.charts.overlaid import overlaid
    from ketatrack.charts.session_bars import bars_of_sessions
    from ketatrack.charts.survival import survival_chart

    preload.load_charts()
    preload.keep_charts()

    laid_over = overlaid(relief)
    laid_over.spoken()  # its medians are worked out here, not while the window waits
    share, bars = survival_chart(relief, estimated), bars_of_sessions(relief, estimated)
    return journey_of(relief), laid_over, share, bars, comparison_charts(relief)
