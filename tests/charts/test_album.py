"""All charts of one measure as files: none of them leaves its folder, whatever the measure is called."""

from dataclasses import replace

from people import result

from ketatrack.analysis.estimates import estimates
from ketatrack.charts import album
from ketatrack.charts.saving import FileKind


def test_a_key_from_a_strange_file_names_no_other_folder(tmp_path):
    found = result(count=3)
    strange = replace(found, measure=replace(found.measure, key="../../my/mood"))
    folder = tmp_path / "a" / "b"
    made = album.write_all(strange, estimates(found), folder, FileKind.SVG)
    assert {each.parent for each in made} == {folder}
    assert {each.name.partition("-")[0] for each in made} == {"______my_mood"}
    assert sorted(folder.iterdir()) == sorted(made)
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
