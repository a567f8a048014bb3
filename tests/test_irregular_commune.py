"""What is no file among a commune's is that commune's fault: the district's report is made and says so."""

import os
import shutil

import pytest

import provinces
from giamngheo.findings import DataError
from giamngheo.intake.unit import Year
from giamngheo.report import inputs, rollup, sums
from giamngheo.run import batch, moment

DISTRICT, (WRONG, *OTHERS) = provinces.WHOLES[0], provinces.UNITS
MADE = {
    "pipe": os.mkfifo,
    "link to itself": lambda path: path.symlink_to(path.name),
    "link to nowhere": lambda path: path.symlink_to("nowhere"),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": os.mkdir,
}
PLACES = ["2024/review.csv", "2024/narrative/la.md", "2023/review.csv", "unit.yml"]


@pytest.fixture
def data(tmp_path):
    shutil.copytree(provinces.root(), tmp_path / "data")
    return tmp_path / "data"


def put(data, make, place: str) -> None:
    path = data / WRONG / place
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    make(path)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_the_district_is_described_and_says_which_commune_cannot_be_used(make, place, data):
    before = inputs.described(Year(data, DISTRICT, provinces.YEAR))
    put(data, make, place)
    district = Year(data, DISTRICT, provinces.YEAR)
    after = inputs.described(district)
    changed = {name for name in before["inputs"] | after["inputs"] if before["inputs"].get(name) != after["inputs"].get(name)}
    assert changed == {f"{WRONG}/2024"}
    assert after == inputs.described(Year(data, DISTRICT, provinces.YEAR))
    members = rollup.communes(district).set_index("unit")
    assert members["state"].to_dict() == {WRONG: "refused"} | dict.fromkeys(OTHERS, "final")
    assert members.loc[WRONG, "first"].startswith(f"{WRONG}/{place}: ")
    assert sums.scope(members.reset_index(), rollup.reviews(district, members.reset_index())["village"]) == "2/3 xã có số liệu"
    assert data / WRONG / place in moment.paths(district)
    with moment.one(district):
        pass


def test_a_batch_says_what_is_wrong_with_the_commune_and_makes_the_district(data):
    put(data, os.mkfifo, "2024/anh.csv")
    now, failed = batch.described(data, Year(data, DISTRICT, provinces.YEAR).law, provinces.UNITS, provinces.YEAR)
    assert set(now) == {*OTHERS, *provinces.WHOLES}
    assert [(one.unit, one.cause) for one in failed] == [
        (WRONG, f"{WRONG}/2024/anh.csv: không phải tệp thường (ống dẫn hay thiết bị). Cách sửa: dời nó khỏi thư mục số liệu.")
    ]


def test_what_is_no_file_among_the_districts_own_is_refused(data):
    (data / DISTRICT).mkdir()
    os.mkfifo(data / DISTRICT / "unit.yml")
    message = f"{DISTRICT}/unit.yml: không phải tệp thường (ống dẫn hay thiết bị). Cách sửa: dời nó khỏi thư mục số liệu."
    with pytest.raises(DataError) as refused:
        inputs.described(Year(data, DISTRICT, provinces.YEAR))
    assert str(refused.value) == message
    now, failed = batch.described(data, Year(data, DISTRICT, provinces.YEAR).law, provinces.UNITS, provinces.YEAR)
    assert set(now) == {*provinces.UNITS, provinces.WHOLES[1]}
    assert [(one.unit, one.cause) for one in failed] == [(DISTRICT, message)]


def test_a_commune_without_data_whose_unit_yml_is_a_pipe_is_a_commune_without_data(data):
    shutil.rmtree(data / WRONG / "2024")
    put(data, os.mkfifo, "unit.yml")
    district = Year(data, DISTRICT, provinces.YEAR)
    assert f"{WRONG}/unit.yml" in inputs.described(district)["inputs"]
    assert list(rollup.communes(district)["state"]) == ["missing", "final", "final"]


def test_a_change_of_what_is_no_file_is_a_change(data):
    put(data, os.mkfifo, "2024/anh.csv")
    district = Year(data, DISTRICT, provinces.YEAR)
    with pytest.raises(moment.Changed), moment.one(district):
        (data / WRONG / "2024/anh.csv").unlink()
        (data / WRONG / "2024/anh.csv").symlink_to("nowhere")
