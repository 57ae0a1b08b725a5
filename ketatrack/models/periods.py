"""A period of months, counted by the calendar, the same wherever a diary is narrowed to one."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta


def months_before(last: date, months: int) -> date:
    """Return the first day of the `months` calendar months that end with `last`, both days included.

    Three months up to 23 November begin on 24 August. Where the month is too short its last day counts: one month
    up to 31 March begins on 1 March, the day after 28 February.
    """
    day_before: date = last - relativedelta(months=months)
    return day_before + timedelta(days=1)
