"""A made-up province: communes whose year is plausible, complete and free of contradiction.

Every name says that it is made up, and `unit.yml` says `synthetic: true`. Commune `i` of a seed is the same
whatever the number of communes; the same call writes the same bytes.
"""

import csv
import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from giamngheo.intake.unit import Year
from giamngheo.law import dated
from giamngheo.simulate import counts, households, law, money, paper, printed, words
from giamngheo.simulate.errors import plant, record, spread, write_list
from giamngheo.simulate.law import Law
from giamngheo.simulate.sheets import Table, said, sums, write_csv
from giamngheo.store import atomic_folders


@dataclass(frozen=True)
class Commune:
    """One commune's files: its tables of the year and of last year, its settings and its narrative."""

    unit: str
    year: int
    tables: dict[str, Table]
    last_review: Table
    settings: dict
    report: dict


def write(
    out: Path, communes: int, villages: int, year: int, seed: int, errors: int = 0, excel: bool = False,
    laws: dated.Law | None = None,
) -> Path | None:  # fmt: skip
    """Write a data folder of `communes` communes of `villages` villages each below `out`, under `laws` (else our own).

    For each commune all tables of `year` (in one workbook with `excel`) and the review of the year before;
    `units.csv` names the province, `programme.csv` gives it rules of its own. With `errors`, so many errors are
    planted in the tables and their list is written: returns its path, `planted.csv`. Raises ValueError for a
    folder that is not empty, for a year whose law is not known, and for more errors than the communes can hold.
    """
    laws = laws or dated.Law()
    in_force, indices = law.of(year, laws), range(1, communes + 1)
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out} là một tệp; chọn thư mục mới bằng --out")
    if out.is_dir() and any(out.iterdir()):
        raise ValueError(f"{out} không trống: tỉnh mô phỏng không được lẫn với số liệu khác; chọn thư mục mới bằng --out")
    made = (commune(index, villages, in_force, seed) for index in indices)
    to_plant = spread(errors, communes, excel, seed, commune(1, villages, in_force, seed).tables) if errors else None
    with atomic_folders.workshop(out.resolve(), lasting=False) as folder:
        write_units(folder, indices, year)
        write_programme(folder, laws)
        for one in made:
            planted = plant(to_plant, one.tables) if to_plant else []
            first_rows = write_commune(one, folder, excel, long=bool(errors))
            if to_plant:
                record(to_plant, planted, one.tables, f"{one.unit}/{year}", first_rows)
        if to_plant:
            write_list(to_plant, folder / "planted.csv")
    return out / "planted.csv" if to_plant else None


def commune(index: int, villages: int, law: Law, seed: int) -> Commune:
    """The `index`-th commune (from 1) of a seed, in the year of `law`."""
    rng, year = random.Random(f"{seed}/{index}"), law.year
    people = households.villages(rng, villages)
    former = "" if paper.under_district(year) else f"{paper.name(index)} cũ"
    review = law.known(counts.review(people, law.standard, former=former))
    last_review = law.known(counts.review(people, law.standard, last=True, former=former))
    models = money.models(rng, people, law)
    budget = money.budget(rng, models, law)
    rows = {
        "review": review,
        "movements": counts.movements(people),
        "deprivations": counts.deprivations(rng, people, law),
        "groups": counts.groups(people, law),
        "causes": counts.causes(rng, people, law),
        "budget": budget,
        "models": models,
        "training": money.training(rng, people, year),
        "documents": paper.documents(rng, index, year),
        "board": paper.board(villages),
        "facts": paper.facts(review),
        "published": printed.published(paper.name(index), year, review, last_review, budget),
    }
    if law.second:
        rows["other_review"] = law.known(counts.other_review(people, law.second, former))
    tables = {name: Table(name, found) for name, found in rows.items()}
    if index % 3 == 0:
        tables["review"].total = sums(tables["review"])
    return Commune(
        unit=paper.unit(index),
        year=year,
        tables=tables,
        last_review=Table("review", last_review),
        settings=paper.settings(index, year),
        report=paper.report(rng, index, year, bool(law.second)),
    )


def write_commune(made: Commune, out: Path, excel: bool = False, long: bool = False) -> dict[str, int] | None:
    """Write the commune's folder below `out`; with `excel`, returns each sheet's first row of data.

    `long` sheets have a row for each code, so that a planted error has a row and a column.
    """
    folder = out / made.unit / str(made.year)
    narrative = folder / "narrative"
    narrative.mkdir(parents=True, exist_ok=True)
    for section, text in words.TEXTS.items():
        (narrative / f"{section}.md").write_text(text, encoding="utf-8")
    _write_yaml(out / made.unit / "unit.yml", made.settings)
    _write_yaml(folder / "report.yml", made.report)
    last = out / made.unit / str(made.year - 1)
    last.mkdir(exist_ok=True)
    write_csv(made.last_review, last)
    if excel:
        from giamngheo.simulate.excel import write_workbook  # openpyxl is slow to import

        return write_workbook(made.tables, Year(out, made.unit, made.year), long)
    for table in made.tables.values():
        write_csv(table, folder)
    return None


def write_units(out: Path, indices: range, year: int) -> None:
    """Write the map of the simulated province, `units.csv`."""
    with (out / "units.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(paper.UNIT_COLUMNS)
        for row in paper.units(indices, year):
            lines.writerow(said(row.get(column)) for column in paper.UNIT_COLUMNS)


def write_programme(out: Path, laws: dated.Law) -> None:
    """Write `programme.csv` as it is, but for rules of one province: they hold in the simulated one."""
    rows = laws.table("programme")
    rows = rows.assign(within=rows["within"].mask(rows["within"] != "", paper.PROVINCE))
    rows.to_csv(out / "programme.csv", index=False, lineterminator="\n")


def _write_yaml(path: Path, content: dict) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    path.write_text(f"# {paper.LABEL}\n{text}", encoding="utf-8")
