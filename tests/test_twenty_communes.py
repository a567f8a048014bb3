"""What twenty communes sent, compared as the province can: from the files it got, the copy kept of each report and its papers."""

import datetime as dt
from pathlib import Path

import pytest

import tools
from counted import counts, every_count, households, in_pages, texts, totals, whole
from giamngheo import simulate
from giamngheo.intake import submissions
from giamngheo.intake.unit import Year
from giamngheo.run import runner
from giamngheo.year import accompany, ready, submit

pytestmark = pytest.mark.long

YEAR, UNITS = 2024, [f"mo-phong-{at:03d}" for at in range(1, 21)]


@pytest.fixture(scope="module")
def province() -> tuple[Path, Path]:
    """The data folder and the results of twenty made-up communes, in whose years nothing else was published."""
    root, out = tools.folder() / "twenty" / "data", tools.folder() / "twenty" / "out"
    simulate.write(root, communes=len(UNITS), villages=2, year=YEAR, seed=11)
    for published in root.glob(f"*/{YEAR}/published.csv"):
        published.write_text(published.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    return root, out


@pytest.mark.parametrize("unit", UNITS)
def test_report_forms_letter_decision_and_minutes_of_what_was_sent_say_the_same_counts(province, unit):
    root, out = province
    this = Year(root, unit, YEAR)
    runner.make(this, out, say=lambda line: None, final=True)
    papers = {path.name: texts(path) for path in accompany.make(this, out, lambda line: None)}
    sent, _ = submit.submit(this, out, dt.date(YEAR + 1, 1, 15), lambda line: None)
    told, many = counts(texts(sent.folder / "bao-cao.docx")), households(texts(sent.folder / "bao-cao.docx"))
    assert told.keys() == {"Hộ nghèo", "Hộ cận nghèo"} and submissions.of(Year(root, unit, YEAR)) == [sent]
    assert every_count(in_pages(sent.folder / "bao-cao.pdf")) == told
    assert counts(papers["cong-van.docx"]) == counts(papers["quyet-dinh.docx"]) == told
    assert households(papers["cong-van.docx"]) == households(in_pages(sent.folder / "bao-cao.pdf")) == many
    assert {whole(many), *(whole(poor) for poor, _, _ in told.values())} <= set(totals(sent.folder / "bieu-mau.xlsx"))
    minutes = [said for name, said in papers.items() if name.startswith("bien-ban-")]
    assert sum(whole(households(said)) for said in minutes) == whole(many)
    assert {name: sum(whole(counts(said)[name][0]) for said in minutes) for name in told} == {
        name: whole(poor) for name, (poor, _, _) in told.items()
    }  # fmt: skip
    (agree,) = ready.agreeing(this, out)
    assert (agree.good, agree.said) == (True, "Số hộ thống nhất giữa 4 tệp: bao-cao.docx, cong-van.docx, quyet-dinh.docx, bieu-mau.xlsx")
