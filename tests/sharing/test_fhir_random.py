"""The FHIR document of random diaries: always valid, always whole, nothing made up and nothing lost."""

import re
from dataclasses import replace
from datetime import date

from fhir_checks import as_written, assert_whole, problems, resources, through_the_models, told
from fhir_people import ALL, shared
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whole_diaries import lived_diaries, whole_diaries

from ketatrack.models import records
from ketatrack.models.instruments import instrument
from ketatrack.sharing.fhir.bundle import document
from ketatrack.sharing.shared import Asked

asked = st.builds(Asked, safety_answers=st.booleans(), notes=st.booleans())
slow = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@slow
@given(whole=whole_diaries() | lived_diaries(), hide=st.booleans(), asked=asked)
def test_any_diary_makes_a_whole_document_that_reads_as_xhtml(whole, hide, asked):
    given_out = shared(whole, replace(ALL, hide_name=hide), asked)
    made = document(given_out)
    assert_whole(made)
    told(made)
    assert not UNPRINTABLE.search(made.decode())
    assert through_the_models(made) == as_written(made)
    assert made == document(given_out)


@slow
@given(whole=whole_diaries())
def test_every_value_goes_out_once(whole):
    given_out = shared(whole)
    made = document(given_out)
    values = [value for each in given_out.diary.check_ins for value in each.values]
    found = [
        each for each in resources(made, "Observation")
        if "partOf" not in each and "interpretation" not in each and "valueString" not in each
    ]  # fmt: skip
    scores = given_out.diary.answers
    assert len([each for each in resources(made, "MedicationStatement") if "dosage" in each]) == len(whole.sessions)
    assert len(resources(made, "QuestionnaireResponse")) == sum(each.items is not None for each in scores)
    assert len(found) == len(values) + sum(_no_band(each) for each in scores)


def _no_band(answers):
    return instrument(answers.instrument).band(answers.total) is None


@slow
@given(whole=lived_diaries())
def test_hidden_names_are_nowhere(whole):
    names = ("Qwxyz", "Vjkpt", "Bdfghj", "555-909-1234", "Mnbvcx", "Lkjhgf")
    said = f"With {' and '.join(names)}, then home."
    told_off = replace(
        whole,
        profiles=(records.Profile(name="Qwxyz Vjkpt", birth_date=date(1971, 3, 14)),),
        contacts=(records.Contact(name="Bdfghj", phone="555-909-1234"),),
        sessions=tuple(
            replace(each, provider="Dr Mnbvcx", taken_home_by="Lkjhgf", notes=said, other_side_effects=(said,))
            for each in whole.sessions
        ),
        check_ins=tuple(replace(each, note=said) for each in whole.check_ins),
        answers=tuple(replace(each, note=said) for each in whole.answers),
        visit_questions=(records.VisitQuestion(words=said),),
    )
    made = document(shared(told_off, replace(ALL, hide_name=True))).decode().casefold()
    assert "then home." in made
    assert not [name for name in (*names, "1971-03-14") if name.casefold() in made]


def test_random_diaries_pass_the_independent_validator(tmp_path):
    made = []

    @settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck), database=None)
    @given(whole=whole_diaries() | lived_diaries())
    def collect(whole):
        made.append(document(shared(whole)))

    collect()
    assert len(made) >= 25
    assert problems(tmp_path, *made) == [[]] * len(made)
