"""Findings as text for an analyst, as CSV or as JSON."""

import json

import pandas as pd

from giamngheo import spreadsheets

COLUMNS = ["file", "place", "year", "check", "arithmetic", "printed", "computed", "difference", "verdict"]
NAMES = {
    "mismatch": "MÂU THUẪN",
    "rounding": "do làm tròn",
    "truncated": "cắt bớt thay vì làm tròn",
    "note": "nên xem lại",
}
NOTES = ("rounding", "truncated", "note")


def render(findings: pd.DataFrame, format: str = "text") -> str:
    """The findings as `text` (mismatches with their corrections, notes, counts), `csv` (COLUMNS alone) or
    `json`."""
    if format == "text":
        return (
            "\n\n".join(_file(name, rows) for name, rows in findings.groupby("file", sort=False))
            or _nothing()
        )
    if format == "csv":
        return spreadsheets.csv_text([COLUMNS, *findings[COLUMNS].fillna("").itertuples(index=False)])
    if format == "json":
        return json.dumps(findings.to_dict("records"), ensure_ascii=False, indent=2, default=str)
    raise ValueError(f"format must be one of text, csv, json; found {format!r}")


def _nothing() -> str:
    return "Không có phép kiểm tra nào làm được với các số đã cho."


def _file(name: str, rows: pd.DataFrame) -> str:
    """One file: a line that sums up, its mismatches, its notes."""
    wrong = rows[rows["verdict"] == "mismatch"]
    notes = rows[rows["verdict"].isin(NOTES)]
    said = f"{len(wrong)} mâu thuẫn" if len(wrong) else "không có mâu thuẫn"
    said += f", {len(notes)} lưu ý" if len(notes) else ""
    blocks = [f"{name}: {len(rows)} phép kiểm tra, {said}", *(_mismatch(row) for row in wrong.itertuples())]
    if len(notes):
        blocks.append("\n".join(["  Lưu ý, không phải lỗi:", *(_note(row) for row in notes.itertuples())]))
    return "\n\n".join(blocks)


def _mismatch(row) -> str:
    """A mismatch: where, the arithmetic, the difference, the corrections."""
    lines = ", ".join(line.rpartition(":")[2] for line in row.lines)
    said = [
        f"  {NAMES['mismatch']} — {row.place}, {row.year} [{row.check}, dòng {lines}]",
        f"    {row.arithmetic}",
    ]
    if row.difference and not row.check.endswith("_total"):
        said.append(f"    đã in {row.printed}, tính ra {row.computed}, lệch {row.difference}")
    if row.corrections:
        said.append("    Một trong các sửa đổi sau sẽ làm các số khớp nhau (chưa sửa gì):")
        said += [f"      {place}. {sentence}" for place, sentence in enumerate(row.corrections, start=1)]
    return "\n".join(said)


def _note(row) -> str:
    if row.verdict == "note":
        return f"    {row.place}, {row.year}: {row.arithmetic} — {NAMES[row.verdict]}"
    return f"    {row.place}, {row.year}: {row.arithmetic}, đã in {row.printed} — {NAMES[row.verdict]}"
