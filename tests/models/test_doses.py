"""When a dose is asked back about: a slip of a factor ten, whatever the route, and no everyday dose."""

import pytest

from ketatrack.models import safety
from ketatrack.models.enums import Route


@pytest.mark.parametrize(
    ("route", "usual"),
    [
        (Route.INTRAVENOUS, 40),
        (Route.INTRAMUSCULAR, 60),
        (Route.SUBCUTANEOUS, 50),
        (Route.NASAL, 84),
        (Route.SUBLINGUAL, 200),
        (Route.ORAL, 150),
    ],
)
def test_ten_times_a_dose_is_asked_about_and_the_dose_itself_is_not(route: Route, usual: int):
    assert not safety.may_be_a_slip(usual * 100, route)
    assert safety.may_be_a_slip(usual * 10 * 100, route)


@pytest.mark.parametrize("route", Route)
def test_no_dose_is_no_slip(route: Route):
    assert not safety.may_be_a_slip(None, route)
