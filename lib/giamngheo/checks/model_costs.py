"""What a livelihood model costs: where its support, or what the people put in, is not told."""

from collections.abc import Iterator

from giamngheo.figures import budget
from giamngheo.figures.poverty import known
from giamngheo.findings import Finding
from giamngheo.intake import kinds
from giamngheo.intake.unit import Year
from giamngheo.law.dictionary import label

EARLIER = {"supported": "earlier_support", "contributed": "earlier_contribution"}  # of each money its column for the years before
WHOSE = {"supported": "ngân sách hỗ trợ", "contributed": "nhân dân đối ứng"}
ADD = {
    "supported": "cột model ghi tên mô hình; ngân sách không hỗ trợ thì ghi kế hoạch 0, giải ngân 0",
    "contributed": f"source ghi {budget.PEOPLE}, cột model ghi tên mô hình; người dân không đóng góp thì ghi kế hoạch 0, giải ngân 0",
}


def unknown(this: Year, what: str) -> Iterator[Finding]:
    """For each model of which this money, `supported` or `contributed`, is not known, the cell or the line that is missing."""
    costed = budget.models(kinds.table(this, "models"), kinds.table(this, "budget"), this.year)
    places = {row["model"]: at for at, row in enumerate(this.reading("models").rows())}
    for row in costed.to_dict("records"):
        if not known(row[what]):
            yield from missing(this, places[row["model"]], row, what)


def missing(this: Year, at: int, row: dict, what: str) -> Iterator[Finding]:
    """What is missing of one model: amounts of its lines, what it cost in the years before, else the line itself."""
    models, lines, own = this.reading("models"), this.reading("budget"), of_model(this, row["model"], what)
    for place, line in own.items():
        if line["planned"] is None:
            yield lines.finding(place, "planned", f"chưa biết kế hoạch vốn của khoản này của mô hình {row['model']}", "điền ô này", "draft")
    if row["runs_on"] and not known(row[EARLIER[what]]):
        rule = f"mô hình chạy từ năm trước, chưa biết {label('models', EARLIER[what]).lower()} nên chưa biết tổng kinh phí"
        remedy = "ghi số tiền đến hết năm trước, theo báo cáo hoặc sổ kế toán năm trước; không có thì ghi 0"
        yield models.finding(at, EARLIER[what], rule, remedy, "draft")
    elif not own:
        rule = f"bảng budget chưa có dòng {WHOSE[what]} của mô hình này nên chưa biết tổng kinh phí"
        yield models.finding(at, "model", rule, f"thêm dòng ấy vào bảng budget: {ADD[what]}", "draft")


def of_model(this: Year, model: str, what: str) -> dict[int, dict]:
    """The model's budget lines of this money, by their places."""
    rows = enumerate(this.reading("budget").rows())
    return {at: row for at, row in rows if row["model"] == model and (row["source"] == budget.PEOPLE) == (what == "contributed")}
