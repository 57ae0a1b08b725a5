"""The FHIR document of random diaries: always valid, always whole, nothing made up and nothing lost."""

import re
from dataclasses import replace
from datetime import date

from fhir_checks import as_written, assert_whole, problems, resources, through_the_models, told
from fhir_people import ALL, shared
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whole_diaries import full_diaries, whole_diaries

from ketatrack.formats.export_data import Consent
from ketatrack.formats.fhir.document import document
from ketatrack.models import records
from ketatrack.models.instruments import instrument

asked = st.builds(Consent, safety_answers=st.booleans(), notes=st.booleans())
slow = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@slow
@given(whole=whole_diaries() | full_diaries(), hide=st.booleans(), asked=asked)
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
    values = [value for check_in in given_out.diary.check_ins for value in check_in.values]
    found = [
        resource
        for resource in resources(made, "Observation")
        if "partOf" not in resource and "interpretation" not in resource and "valueString" not in resource
    ]
    scores = given_out.diary.answers
    assert len([resource for resource in resources(made, "MedicationStatement") if "dosage" in resource]) == len(
        whole.sessions
    )
    assert len(resources(made, "QuestionnaireResponse")) == sum(score.items is not None for score in scores)
    assert len(found) == len(values) + sum(_no_band(score) for score in scores)


def _no_band(answers):
    return instrument(answers.instrument).band(answers.total) is None


@slow
@given(whole=full_diaries())
def test_hidden_names_are_nowhere(whole):
    names = ("Qwxyz", "Vjkpt", "Bdfghj", "555-909-1234", "Mnbvcx", "Lkjhgf")
    # Read backwards here, as Hypothesis takes words that it finds in the code for names of persons, too.
    rest = "emoh neht"[::-1]
    said = f"With {' and '.join(names)}, {rest}."
    told_off = replace(
        whole,
        profiles=(records.Profile(name="Qwxyz Vjkpt", birth_date=date(1971, 3, 14)),),
        contacts=(records.Contact(name="Bdfghj", phone="555-909-1234"),),
        sessions=tuple(
            replace(session, provider="Dr Mnbvcx", taken_home_by="Lkjhgf", notes=said, other_side_effects=(said,))
            for session in whole.sessions
        ),
        check_ins=tuple(replace(check_in, note=said) for check_in in whole.check_ins),
        answers=tuple(replace(filled, note=said) for filled in whole.answers),
        visit_questions=(records.VisitQuestion(words=said),),
    )
    made = document(shared(told_off, replace(ALL, hide_name=True))).decode().casefold()
    assert f"{rest}." in made
    assert not [name for name in (*names, "1971-03-14") if name.casefold() in made]


def test_random_diaries_pass_the_independent_validator(tmp_path):
    made = []

    @settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck), database=None)
    @given(whole=whole_diaries() | full_diaries())
    def collect(whole):
        made.append(document(shared(whole)))

    collect()
    assert len(made) >= 25
    assert problems(tmp_path, *made) == [[]] * len(made)
