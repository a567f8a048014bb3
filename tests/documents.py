"""Example documents for the tests of the writers: a usual report, a large commune, hostile texts.

All names of villages and all figures of the large commune are made up.
"""
# ruff: noqa: E501 -- the long lines are texts of the report

from blocks import bullets, cell, heading, meta, paragraph, picture, run, table

HOSTILE = [
    "<script>alert('x')</script><img src=x onerror=alert(1)>",
    '#import "@preview/x:1.0.0" #eval("1") #sys.inputs $x$ $ \\frac{1}{2} $ `raw` *đậm* _nghiêng_ <nhãn> @tham-chiếu',
    "{{ 7 * 7 }} {% for x in y %} {# ghi chú #} ${x} %s {0} \\n \\u0041",
    "=cmd|' /C calc'!A0 +1 -1 @SUM(1+1)",
    "\"kép\" 'đơn' “cong” «Pháp» & &amp; &lt; &#65; ]]> <!-- --> <?xml ?>",
    "chữ trái \u202eưệ\u202c phải \u200f\u200e\u2067אבג\u2069 tên",
    "Làng " + "Kông-Lơng-Khơng" * 20,
    "W" * 300,
    "漢字 😀 👨‍👩‍👧 أهلا ✓ ☐ ﷽ \ue000",
    "// chú thích /* khối */ https://example.com ~ -- --- ... \\ \\# \\",
    "một\u00a0khoảng\u2011trắng\u200bẩn   ba dấu cách",
    "../../etc/passwd C:\\Windows mailto:a@b.c javascript:alert(1)",
]


FIGURES = {
    "rates.poor_rate": {"label": "Tỷ lệ hộ nghèo", "text": "20,86%", "arithmetic": "242 / 1.160 = 20,86%",
                        "formula": "hộ nghèo / tổng số hộ", "sources": ["review.csv dòng 2"],
                        "href": "01_review.html#so-rates.poor_rate"},
    "rates.near_rate": {"label": "Tỷ lệ hộ cận nghèo", "text": "27,93%", "arithmetic": "324 / 1.160 = 27,93%",
                        "formula": "hộ cận nghèo / tổng số hộ", "sources": ["review.csv dòng 2"],
                        "href": "01_review.html#so-rates.near_rate"},
}  # fmt: skip

LETTERHEAD = {
    "type": "letterhead",
    "superior": "",
    "issuer": ["ỦY BAN NHÂN DÂN", "XÃ KÔNG LƠNG KHƠNG"],
    "number": "Số:       /BC-UBND",
    "place_date": "Kông Lơng Khơng, ngày     tháng     năm 2023",
    "kind": "BÁO CÁO",
    "abstract": "Kết quả thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững năm 2022 trên địa bàn xã Kông Lơng Khơng",
    "addressees": ["Ủy ban nhân dân huyện Kbang", "Phòng Lao động - Thương binh và Xã hội huyện Kbang"],
}

SIGNATURE = {
    "type": "signature",
    "recipients": ["Như trên;", "Thường trực Đảng ủy xã;", "Thường trực HĐND, UBND xã;", "Ủy ban MTTQ Việt Nam xã và các đoàn thể;",
                   "Thành viên Ban Chỉ đạo các chương trình MTQG xã;", "Lưu: VT, KT."],
    "authority": ["TM. ỦY BAN NHÂN DÂN"],
    "position": "CHỦ TỊCH",
    "name": "Trần Văn Nhơn",
}  # fmt: skip

REVIEW_HEADER = [
    [cell("STT", rowspan=2), cell("Chỉ tiêu", rowspan=2), cell("Năm 2021", colspan=2), cell("Năm 2022", colspan=2),
     cell("Tăng (+), giảm (-)", rowspan=2)],
    ["Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)"],
]  # fmt: skip

SENTENCE = (
    "Ủy ban nhân dân xã phối hợp với Mặt trận Tổ quốc và các đoàn thể tổ chức phổ biến chính sách giảm nghèo đến từng thôn, "
    "làng; phân công cán bộ, công chức phụ trách địa bàn, hướng dẫn người dân kê khai, tham gia các mô hình sinh kế và "
    "giám sát việc sử dụng nguồn vốn của Chương trình. "
)


def usual() -> dict:
    """A report of the usual length and shape: every kind of block, a draft of the real commune's kind."""
    rows = [
        ["1", "Tổng số hộ dân cư", "1.162", "", "1.160", "", "-2"],
        ["2", "Hộ nghèo", "262", "22,55", "242", "20,86", "-20"],
        ["3", "Hộ cận nghèo", "chưa có số liệu", "chưa có số liệu", "324", "27,93", "chưa có số liệu"],
    ]
    money = [
        [
            "1",
            "Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo",
            "100.000.000",
            "48.300.000",
            "148.300.000",
        ],
        [
            "2",
            "Dự án 7: Nâng cao năng lực và giám sát, đánh giá Chương trình",
            "chưa có số liệu",
            "",
            "chưa có số liệu",
        ],
        [cell("Tổng cộng", colspan=2), "100.000.000", "48.300.000", "148.300.000"],
    ]
    laws = [
        "Nghị định số 27/2022/NĐ-CP ngày 19 tháng 4 năm 2022 của Chính phủ quy định cơ chế quản lý, tổ chức thực hiện các chương trình mục tiêu quốc gia;",
        "Quyết định số 90/QĐ-TTg ngày 18 tháng 01 năm 2022 của Thủ tướng Chính phủ phê duyệt Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025.",
    ]
    blocks = [
        LETTERHEAD,
        *[paragraph("Căn cứ " + law, style="basis") for law in laws],
        paragraph("Ủy ban nhân dân xã Kông Lơng Khơng báo cáo kết quả thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững như sau:"),
        heading(1, "Phần I", "Kết quả thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững"),
        heading(2, "I.", "Công tác tuyên truyền, giáo dục, nâng cao nhận thức về giảm nghèo bền vững"),
        *[paragraph(SENTENCE * 3) for _ in range(3)],
        paragraph("Nội dung tuyên truyền các dự án thành phần", style="missing"),
        bullets("Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo;", "Dự án 3: Hỗ trợ phát triển sản xuất, cải thiện dinh dưỡng;",
                "Dự án 7: Nâng cao năng lực và giám sát, đánh giá Chương trình."),
        heading(2, "II.", "Kết quả thực hiện Chương trình"),
        heading(3, "1.", "Xây dựng, ban hành các văn bản triển khai thực hiện Chương trình"),
        paragraph(SENTENCE * 2),
        heading(3, "2.", "Thành lập, hoạt động của Ban Chỉ đạo"),
        paragraph(SENTENCE),
        heading(3, "3.", "Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2022"),
        heading(4, "a)", "Kết quả rà soát"),
        paragraph("Toàn xã có ", run("242", bold=True), " hộ nghèo với 922 khẩu, chiếm ", run("20,86%", figure="rates.poor_rate"),
                  "; 324 hộ cận nghèo với 1.399 khẩu, chiếm ", run("27,93%", figure="rates.near_rate"), " (",
                  run("Bảng 1", ref="bang-ra-soat"), ", ", run("Hình 1", ref="hinh-ra-soat"), ")."),
        table("bang-ra-soat", 1, "Kết quả rà soát hộ nghèo, hộ cận nghèo", REVIEW_HEADER, rows,
              ["center", "left", "right", "right", "right", "right", "right"],
              unit="Đơn vị tính: hộ", notes=[[run("Tổng số hộ năm 2022 được suy ra từ hai tỷ lệ đã công bố.")]]),
        picture("hinh-ra-soat", 1, "Số hộ nghèo, hộ cận nghèo năm 2021 và năm 2022",
                "Biểu đồ cột: hộ nghèo giảm từ 262 xuống 242, hộ cận nghèo tăng từ 321 lên 324."),
        *[block for number, text in zip(["b)", "c)", "d)", "đ)", "e)", "g)"],
                                        ["Thuận lợi", "Khó khăn", "Nguyên nhân", "Giải pháp", "Kinh nghiệm", "Kiến nghị"], strict=True)
          for block in (heading(4, number, text), paragraph(SENTENCE * 2))],
        heading(3, "4.", "Kết quả thực hiện các dự án thành phần"),
        heading(4, "4.1.", "Dự án 2: Đa dạng hóa sinh kế, phát triển mô hình giảm nghèo"),
        paragraph(SENTENCE * 2),
        heading(4, "4.2.", "Dự án 7: Nâng cao năng lực và giám sát, đánh giá Chương trình"),
        paragraph("Kinh phí thực hiện được nêu tại ", run("Bảng 2", ref="bang-von"), "."),
        table("bang-von", 2, "Kinh phí thực hiện các dự án thành phần",
              [["STT", "Dự án", "Ngân sách hỗ trợ", "Nhân dân đối ứng", "Tổng số"]], money,
              ["center", "left", "right", "right", "right"], unit="Đơn vị tính: đồng", widths=[1, 5, 2.5, 2.5, 2.5]),
        heading(2, "III.", "Đánh giá chung"),
        *[paragraph(SENTENCE * 3) for _ in range(4)],
        heading(1, "Phần II", "Kế hoạch và giải pháp năm 2023"),
        heading(2, "I.", "Kế hoạch năm 2023"),
        *[paragraph(SENTENCE * 3) for _ in range(3)],
        heading(2, "II.", "Giải pháp"),
        bullets(*[SENTENCE.strip()] * 4),
        heading(2, "III.", "Đề xuất, kiến nghị"),
        paragraph(SENTENCE),
        paragraph("Trên đây là báo cáo kết quả thực hiện Chương trình mục tiêu quốc gia giảm nghèo bền vững năm 2022 của xã Kông Lơng Khơng./."),
        SIGNATURE,
        {"type": "annex", "number": "Phụ lục", "title": "Cách tính các số liệu",
         "attached": "(Kèm theo Báo cáo số      /BC-UBND ngày     tháng     năm 2023 của Ủy ban nhân dân xã Kông Lơng Khơng)"},
        table("bang-cach-tinh", 3, "Cách tính từng số liệu của báo cáo", [["STT", "Số liệu", "Cách tính", "Nguồn"]],
              [[str(i), "Tỷ lệ hộ nghèo", "242 / 1.160 = 20,86%", "data/kong-long-khong/2022/review.csv, dòng 2"] for i in range(1, 31)],
              ["center", "left", "left", "left"]),
    ]  # fmt: skip
    return {"meta": meta(draft=["thiếu số liệu giải ngân"]), "blocks": blocks, "figures": FIGURES}


F1_HEADER = [
    [cell("STT", rowspan=3), cell("Đơn vị", rowspan=3), cell("Tổng số hộ dân cư", colspan=2), cell("Kết quả rà soát về hộ", colspan=6),
     cell("Kết quả rà soát về khẩu", colspan=6)],
    [cell("Số hộ", rowspan=2), cell("Nhân khẩu", rowspan=2),
     *[cell(name, colspan=2) for name in ["Hộ nghèo", "Hộ cận nghèo", "Hộ làm nông, lâm, ngư nghiệp có mức sống trung bình",
                                          "Khẩu hộ nghèo", "Khẩu hộ cận nghèo", "Khẩu hộ có mức sống trung bình"]]],
    ["Số hộ", "Tỷ lệ (%)"] * 3 + ["Số khẩu", "Tỷ lệ (%)"] * 3,
    ["A", "B", "1", "2", "3", "4=3/1*100", "5", "6=5/1*100", "7", "8=7/1*100", "9", "10=9/2*100", "11", "12=11/2*100", "13", "14=13/2*100"],
]  # fmt: skip

WIDE_ALIGN = ["center", "left", *["right"] * 14]


def few() -> dict:
    """The large commune with 8 villages, for checks whose time grows with the number of cells."""
    return large(count=8)


def large(count: int = 40) -> dict:
    """A synthetic commune of 40 villages with long names: a 16-column wide table over several pages, two annexes."""
    villages = [
        f"Thôn số {i:02d} Đăk Tơ Nglông Khương Nghĩa Thượng (nhập từ làng Kông Hơ Nglêh)"
        for i in range(1, count + 1)
    ]
    numbers = ["12.345", "148.300", "1.242", "20,86", "324", "27,93", "1.000", "100,00", "10.922", "20,10", "11.399", "27,00",
               "14.000", "30,00"]  # fmt: skip
    wide_rows = [[str(i), name, *numbers] for i, name in enumerate(villages, 1)]
    wide_rows += [[cell("", bold=True), "Tổng cộng", *numbers]]
    movement = [
        row
        for i, name in enumerate(villages, 1)
        for row in (
            [cell(str(i), rowspan=2), cell(name, rowspan=2), "Hộ", "262", "20", "15", "3", "2", "242"],
            ["Nhân khẩu", "1.022", "80", "60", "12", "8", "922"],
        )
    ]
    villages_table = table(
        "bang-f1", 2, "Tổng hợp kết quả chính thức rà soát hộ nghèo, hộ cận nghèo, hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp có mức sống trung bình",
        F1_HEADER, wide_rows, WIDE_ALIGN, wide=True, unit="Đơn vị tính: hộ, khẩu, %",
        notes=[[run("Tỷ lệ tính trên tổng số hộ dân cư (cột 1) hoặc tổng số nhân khẩu (cột 2).")]])  # fmt: skip
    issuer = "Ủy ban nhân dân xã Đăk Tơ Nglông Khương Nghĩa Thượng"
    letterhead = LETTERHEAD | {"superior": "ỦY BAN NHÂN DÂN HUYỆN KON HƠ NGLÊH", "issuer": ["ỦY BAN NHÂN DÂN", "XÃ ĐĂK TƠ NGLÔNG KHƯƠNG NGHĨA THƯỢNG"],
                               "place_date": "Đăk Tơ Nglông Khương Nghĩa Thượng, ngày     tháng     năm 2023",
                               "addressees": ["Ủy ban nhân dân tỉnh Gia Lai"]}  # fmt: skip
    blocks = [
        letterhead,
        paragraph(SENTENCE * 2),
        heading(2, "I.", "Kết quả rà soát"),
        paragraph("Chi tiết tại ", run("Bảng 1", ref="bang-f2"), " và ", run("Bảng 2", ref="bang-f1"), "."),
        table("bang-f2", 1, "Tổng hợp diễn biến hộ nghèo",
              [["STT", "Đơn vị", "Phân tổ", "Đầu kỳ", "Thoát nghèo", "Giảm khác", "Tái nghèo", "Phát sinh", "Cuối kỳ"]], movement,
              ["center", "left", "left", *["right"] * 6]),
        heading(2, "II.", "Bảng tổng hợp"),
        villages_table,
        paragraph(SENTENCE * 2),
        picture("hinh-1", 1, "Số hộ nghèo, hộ cận nghèo", "Biểu đồ cột số hộ nghèo và hộ cận nghèo."),
        paragraph("Trên đây là báo cáo của Ủy ban nhân dân xã./."),
        SIGNATURE,
        {"type": "annex", "number": "Phụ lục I", "title": "Tổng hợp kết quả rà soát theo thôn, làng", "attached": "(Kèm theo Báo cáo số      /BC-UBND)"},
        villages_table | {"id": "bang-f1-phu-luc", "number": 3},
        {"type": "annex", "number": "Phụ lục II", "title": "Cách tính các số liệu", "attached": "(Kèm theo Báo cáo số      /BC-UBND)"},
        paragraph(SENTENCE),
    ]  # fmt: skip
    return {
        "meta": meta(title="Báo cáo giảm nghèo năm 2022", issuer=issuer, synthetic=True),
        "blocks": blocks,
        "figures": {},
    }


def hostile(*texts: str) -> dict:
    """Every text field of every block carries each of the texts in turn, all of HOSTILE unless told."""
    blocks, texts = [], texts or tuple(HOSTILE)
    for number, text in enumerate(texts, 1):
        blocks += [
            {"type": "letterhead", "superior": text, "issuer": [text, text], "number": text, "place_date": text, "kind": text,
             "abstract": text, "addressees": [text, text]},
            *[heading(level, text, text) for level in (1, 2, 3, 4)],
            *[paragraph(text, run(text, bold=True), run(text, italic=True), style=style) for style in ("body", "basis", "note", "missing")],
            paragraph(run("Bảng", ref=f"bang-{number}"), run("số", figure=f"so-{number}")),
            bullets(text, text),
            table(f"bang-{number}", number, text, [[text, cell(text)]], [[text, cell(text, bold=True)], [cell(text, colspan=2)]],
                  ["left", "right"], unit=text, notes=[[run(text)]], wide=number % 2 == 0),
            picture(f"hinh-{number}", number, text, text, width_mm=60),
            {"type": "signature", "recipients": [text, text], "authority": [text], "position": text, "name": text},
            {"type": "annex", "number": text, "title": text, "attached": text},
        ]  # fmt: skip
    figures = {f"so-{number}": FIGURES["rates.poor_rate"] | {"arithmetic": text, "href": "01_review.html#" + text}
               for number, text in enumerate(texts, 1)}  # fmt: skip
    told = " ".join(texts)
    return {"meta": meta(title=told, issuer=told, draft=[told]), "blocks": blocks, "figures": figures}
