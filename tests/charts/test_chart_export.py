"""All charts of one measure as files: none of them leaves its folder, whatever the measure is called."""

from dataclasses import replace

from people import result

from ketatrack.analysis.estimates import estimates
from ketatrack.charts import export
from ketatrack.charts.export import FileKind
from ketatrack.formats.saving import save_all


def test_a_key_from_a_strange_file_names_no_other_folder(tmp_path):
    found = result(count=3)
    strange = replace(found, measure=replace(found.measure, key="../../my/mood"))
    folder = tmp_path / "a" / "b"
    made = export.pictures(strange, estimates(found), FileKind.SVG)
    save_all(folder, made)
    assert {name.partition("-")[0] for name in made} == {"______my_mood"}
    assert sorted(path.name for path in folder.iterdir()) == sorted(made)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
