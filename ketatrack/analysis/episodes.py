"""Relief spans: after each course of sessions, between which two readings relief ended, or how far it was seen.

Every definition is relief.md's; days are whole calendar days since the course's last session ended.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from fractions import Fraction
from itertools import zip_longest
from uuid import UUID

from ketatrack.analysis.measures import Criterion, Reading, day_means
from ketatrack.i18n import _
from ketatrack.models.enums import Reason
from ketatrack.models.records import DEFAULT_DAY_START_MINUTES, Session

COURSE_GAP = 5
LONGEST_COURSE = 30


class Status(StrEnum):
    """How a span ended, as the JSON names it."""

    ENDED = "ended"
    CENSORED = "censored"
    UNCONFIRMED = "unconfirmed"
    NO_RESPONSE = "no_response"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Span:
    """Relief after one course. It ended in (lower, upper] days, or was last seen on day `lower`.

    `day` is the diary day on which the course's last session ended; `running` says that no course followed.
    """

    day: date
    session_ids: tuple[UUID, ...]
    status: Status
    lower: int | None
    upper: int | None
    note: str
    next_reason: Reason | None
    next_day: int | None = None

    @property
    def running(self) -> bool:
        """Whether this is the latest course, with nothing after it yet."""
        return self.next_day is None

    @property
    def followed(self) -> bool:
        """Whether relief came and was followed; such a span counts in the curve."""
        return self.lower is not None


@dataclass(frozen=True, slots=True)
class Course:
    """A run of sessions with gaps of at most COURSE_GAP days; `end` is the diary day on which the last one ended."""

    sessions: tuple[Session, ...]
    end: date

    @property
    def first_day(self) -> date:
        """The diary day of the first session."""
        return self.sessions[0].day

    @property
    def too_long(self) -> bool:
        """Whether sessions follow each other so closely, for so long, that relief cannot be timed."""
        return (self.end - self.first_day).days > LONGEST_COURSE


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read after one course: (day, in relief) pairs, oldest first, and what came next."""

    days: tuple[tuple[int, bool], ...]
    next_day: int | None
    reason: Reason | None
    today: int


@dataclass(frozen=True, slots=True)
class Followed:
    """One course, the next one, and the mean of each day read between them, oldest first.

    `seen` is None where there is no rule to read by.
    """

    course: Course
    following: Course | None
    means: tuple[tuple[date, Fraction], ...]
    seen: _Seen | None


_Outcome = tuple[Status, int | None, int | None, str]


def courses(sessions: Iterable[Session], today: date) -> tuple[Course, ...]:
    """Return the courses of the sessions attended up to `today`, oldest first."""
    runs: list[list[Session]] = []
    ends: list[date] = []
    for session in sorted((s for s in sessions if s.day <= today), key=_order):
        ended = session.ends_on
        if runs and (session.day - ends[-1]).days <= COURSE_GAP:
            runs[-1].append(session)
            ends[-1] = max(ends[-1], ended)
        else:
            runs.append([session])
            ends.append(ended)
    return tuple(Course(tuple(run), end) for run, end in zip(runs, ends, strict=True))


def relief_spans(
    readings: Iterable[Reading],
    sessions: Iterable[Session],
    rule: Criterion | None,
    *,
    today: date | None = None,
    not_said: Reason = Reason.PLANNED,
    without_rule: str = "",
) -> tuple[Span, ...]:
    """One span per course of at most 30 days, oldest first; readings and sessions in any order.

    Args:
        readings: of one measure, higher = worse.
        sessions: all sessions; those after `today` are ignored, as are such readings.
        rule: when a reading is in relief; None where that cannot be said: then nothing is assessed.
        today: the diary day on which the question is asked; None for the last day of a reading or session.
        not_said: what a next session without a reason counts as (symptoms in the sensitivity result).
        without_rule: the note of spans that cannot be assessed for want of a rule.
    """
    known_readings, attended = tuple(readings), tuple(sessions)
    if today is None:
        today = max(
            [*(item.day for item in known_readings), *(session.ends_on for session in attended)], default=date.min
        )
    return spans_of(follow(known_readings, attended, rule, today), rule, not_said, without_rule)


def follow(
    readings: Iterable[Reading], sessions: Iterable[Session], rule: Criterion | None, today: date
) -> tuple[Followed, ...]:
    """Return what was read after each course of at most 30 days, alike for any `not_said`: the slow half of spans."""
    known = sorted((reading for reading in readings if reading.day <= today), key=lambda one: one.day)
    stamps = [measure.day for measure in known]
    runs = courses(sessions, today)
    result = []
    for course, following in zip_longest(runs, runs[1:]):
        if course.too_long:
            continue
        until = following.first_day if following else today
        own = known[bisect_right(stamps, course.end) : bisect_right(stamps, until)]
        means = tuple(day_means(readings_of(course, following, own)).items())
        seen = None if rule is None else _seen(means, course, following, rule, today)
        result.append(Followed(course, following, means, seen))
    return tuple(result)


def spans_of(
    followed: Iterable[Followed], rule: Criterion | None, not_said: Reason, without_rule: str
) -> tuple[Span, ...]:
    """Return the spans that `follow` has seen; the arguments are those of `relief_spans`."""
    unknown: _Outcome = (Status.NOT_ASSESSED, None, None, without_rule)
    return tuple(
        _span(
            course.course,
            course.following,
            unknown if rule is None or course.seen is None else _judge(course.seen, rule, not_said),
        )
        for course in followed
    )


def readings_of(course: Course, following: Course | None, readings: Iterable[Reading]) -> list[Reading]:
    """Return the readings that belong to a course: after its end, and before the next course's first session."""
    end = course.end
    if following is None:
        return [reading for reading in readings if end < reading.day]
    first = following.first_day
    return [
        reading
        for reading in readings
        if end < reading.day and (reading.day < first or (reading.day == first and _before(reading, following)))
    ]


def _span(course: Course, following: Course | None, outcome: _Outcome) -> Span:
    ids = tuple(session.id for session in course.sessions)
    reason = following.sessions[0].reason if following else None
    next_day = (following.first_day - course.end).days if following else None
    return Span(course.end, ids, *outcome, reason, next_day)


def _order(session: Session) -> tuple[date, int, str]:
    clock = -1 if session.local_time is None else minutes_into_day(session.local_time)
    return session.day, clock, str(session.id)


def minutes_into_day(clock: time) -> int:
    """Minutes since the diary day began, at 04:00: 01:30 comes after 23:00 of the same diary day."""
    return (clock.hour * 60 + clock.minute - DEFAULT_DAY_START_MINUTES) % 1440


def _before(reading: Reading, following: Course) -> bool:
    """Whether a reading of the next course's first day was made before it; untimed, nobody can say."""
    clock = following.sessions[0].local_time
    if reading.local_time is None or clock is None:
        return False
    return minutes_into_day(reading.local_time) < minutes_into_day(clock)


def _seen(
    means: Iterable[tuple[date, Fraction]], course: Course, following: Course | None, rule: Criterion, today: date
) -> _Seen:
    end = course.end
    days = tuple(((day - end).days, rule.holds(value)) for day, value in means)
    next_day = (following.first_day - end).days if following else None
    reason = following.sessions[0].reason if following else None
    return _Seen(days, next_day, reason, (today - end).days)


def _judge(seen: _Seen, rule: Criterion, not_said: Reason) -> _Outcome:
    unanswered = _no_relief_seen(seen, rule.window)
    if unanswered is not None:
        return unanswered
    loss = _confirmed_loss(seen.days, rule.confirm_after)
    if loss is not None:
        return Status.ENDED, *loss, _("Faded between day {low} and day {high}.").format(low=loss[0], high=loss[1])
    reason = not_said if seen.reason is Reason.NOT_SAID else seen.reason
    if reason is Reason.SYMPTOMS and seen.next_day is not None:
        return _faded_by_reason(seen, seen.next_day)
    return _cut_short(seen)


def _no_relief_seen(seen: _Seen, window: int) -> _Outcome | None:
    """No response, or not assessed and why; None when relief was seen within the response window."""
    inside = [relieved for day, relieved in seen.days if day <= window]
    if any(inside):
        return None
    closed = any(day == window for day, _ in seen.days)
    if _cut(seen.next_day, window, closed):
        text = _("The next session came on day {day}, before the first {n} days were over.")
        note = text.format(day=seen.next_day, n=window)
        return Status.NOT_ASSESSED, None, None, note
    if seen.next_day is None and _cut(seen.today, window, closed):
        return Status.NOT_ASSESSED, None, None, _("The first {n} days are not over yet.").format(n=window)
    if not inside:
        return Status.NOT_ASSESSED, None, None, _("There is no entry in the first {n} days.").format(n=window)
    return Status.NO_RESPONSE, None, None, _("No entry of the first {n} days was in relief.").format(n=window)


def _cut(limit: int | None, window: int, closed: bool) -> bool:
    """Whether a window of days 1 to `window` is cut by day `limit`; a reading on its last day closes it."""
    return limit is not None and (limit < window or (limit == window and not closed))


def _confirmed_loss(days: Sequence[tuple[int, bool]], confirm_after: int) -> tuple[int, int] | None:
    """(L, R) of the first out-of-relief reading that a second one confirms, none in relief between them."""
    last_in: int | None = None
    first_out: int | None = None
    for day, relieved in days:
        if relieved:
            last_in, first_out = day, None
        elif last_in is not None:
            first_out = day if first_out is None else first_out
            if day - first_out >= confirm_after:
                return last_in, first_out
    return None


def _faded_by_reason(seen: _Seen, next_day: int) -> _Outcome:
    """Return the next session came because symptoms were coming back: an end, whatever the last reading said."""
    earlier = [day for day, relieved in seen.days if relieved and day < next_day]
    last_in = max(earlier, default=0)
    same_day = (next_day, True) in seen.days
    outs = [day for day, relieved in seen.days if not relieved and day > last_in]
    faded = next_day if same_day or not outs else outs[0]
    note = _("The next session came because symptoms were coming back.")
    return Status.ENDED, last_in, faded, note


def _cut_short(seen: _Seen) -> _Outcome:
    """Relief was not seen to end: it is known to have lasted until the last reading in relief."""
    last_in = max(day for day, relieved in seen.days if relieved)
    if seen.days[-1][0] > last_in:
        return Status.UNCONFIRMED, last_in, None, _("A loss was seen, and no second entry confirmed it.")
    if seen.next_day is None:
        return Status.CENSORED, last_in, None, _("Still in relief at the last entry.")
    return Status.CENSORED, last_in, None, _("Still in relief at the last entry before the next session.")
