"""What the Relief page shows, worked out in a background thread: read, close the connection, then compute.

matplotlib arrives here, on the worker, so that the window stays alive during the first visit.
"""

import gc
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

from ketatrack.analysis.measures import Measure
from ketatrack.analysis.relief import Relief, faded_now, newest
from ketatrack.analysis.result import known_measures, relief_of
from ketatrack.diary import queries
from ketatrack.diary.database import Diary
from ketatrack.models.periods import months_before
from ketatrack.models.records import Baseline, EarlySign, Rule, Session
from ketatrack.ui.words import short_day

if TYPE_CHECKING:
    from ketatrack.analysis.estimates import Estimates
    from ketatrack.analysis.origin_words import Part
    from ketatrack.analysis.relief_words import Headline
    from ketatrack.charts.each_session import EachSession
    from ketatrack.charts.journey import Journey
    from ketatrack.charts.overlaid import Overlaid
    from ketatrack.charts.share_in_relief import ShareInRelief
    from ketatrack.charts.side_by_side import SideBySide

STILL_CURRENT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the job. `proposal` is the computed baseline in use, to be accepted; None where one is stored.

    Drift is not looked for until `with_drift` has.
    """

    measures: tuple[Measure, ...]
    relief: Relief
    rule: Rule | None
    proposal: Baseline | None
    journey: "Journey"
    overlaid: "Overlaid"
    share: "ShareInRelief"
    each: "EachSession"
    sides: "tuple[SideBySide, ...]"
    estimates: "Estimates"
    signs: tuple[EarlySign, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to show for any period."""
        return not self.relief.sessions and not self.relief.readings

    def treatment(self, identity: UUID) -> Session:
        """The session of that id, without its vitals."""
        return next(each for each in self.relief.sessions if each.id == identity)

    def period(self, months: int | None) -> "Journey":
        """The journey over the last `months`, None for everything; it ends today unless the entries end earlier."""
        days = [score.day for score in self.journey.scores] + [each.day for each in self.relief.sessions]
        today = self.relief.today
        last = max(days, default=today)
        end = today if today - last <= STILL_CURRENT else last
        first = date.min if months is None else months_before(end, months)
        return self.journey.between(max(first, self.journey.begin), end)


def find(diary: Diary, key: str | None, today: date) -> Found:
    """Read the diary and work out relief on the measure `key`; without it, or where it is gone, on the main one."""
    with diary.read() as connection:
        records, signs = queries.relief_records(connection), queries.early_signs(connection)
    known = known_measures(records, today)
    found = relief_of(records, today, key if key in {each.key for each in known} else None)
    stored = newest(records.baselines, found.measure.key)
    estimated = _estimates(found, look_for_drift=False)
    rule, proposal = newest(records.rules, found.measure.key), found.baseline if stored is None else None
    shown = signs if faded_now(found) else ()
    return Found(known, found, rule, proposal, *_pictures(found, estimated), estimated, shown)


def with_drift(found: Found) -> Found:
    """The same with drift looked for, which takes longer than all the rest."""
    return replace(found, estimates=_estimates(found.relief, look_for_drift=True))


def headline(found: Found) -> "Headline":
    """The sentence on top of the page, in parts."""
    from ketatrack.analysis.estimate_words import headline as said

    return said(found.relief, found.estimates)


def origin(found: Found) -> "tuple[Part, ...]":
    """How all of it was worked out, in parts with headings."""
    from ketatrack.analysis.origin_words import parts

    return parts(found.relief, found.estimates, short_day)


def drift_words(found: Found) -> str:
    """Whether relief grew longer or shorter over the sessions; "" where that may not be said."""
    from ketatrack.analysis.estimate_words import drift_sentence

    return drift_sentence(found.estimates)


def _estimates(found: Relief, look_for_drift: bool) -> "Estimates":
    from ketatrack.analysis.estimates import estimates

    return estimates(found, look_for_drift)


@cache
def _keep_for_good() -> None:
    """What was loaded just now stays; looking through it for waste, again and again, would slow down all drawing."""
    gc.freeze()


def _pictures(
    found: Relief, estimated: "Estimates"
) -> "tuple[Journey, Overlaid, ShareInRelief, EachSession, tuple[SideBySide, ...]]":
    from ketatrack.charts.each_session import each_session
    from ketatrack.charts.journey import journey_of
    from ketatrack.charts.overlaid import overlaid
    from ketatrack.charts.share_in_relief import share_in_relief
    from ketatrack.charts.side_by_side import side_by_side

    for heavy in (
        "matplotlib.backends.backend_agg",
        "ketatrack.charts.journey_figure",
        "ketatrack.charts.overlaid_figure",
        "ketatrack.charts.share_figure",
        "ketatrack.charts.each_session_figure",
        "ketatrack.charts.side_by_side_figure",
    ):
        import_module(heavy)
    _keep_for_good()

    laid_over = overlaid(found)
    laid_over.spoken()  # its medians are worked out here, not while the window waits
    share, each = share_in_relief(found, estimated), each_session(found, estimated)
    return journey_of(found), laid_over, share, each, side_by_side(found)
