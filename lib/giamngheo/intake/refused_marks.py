"""The marks of Markdown and of its dialects that a report has no way to print: each with its rule and its remedy.

A pattern is matched at the beginning of a line, and of the words of a point.
"""

import re

PRINT_IT = "muốn in chính dấu ấy thì đặt dấu \\ ngay trước nó"
MARKS = (
    (r" *#(#| |$|[^\W\d])", "dấu # của đề mục", "viết đề mục là một đến sáu dấu #, một dấu cách, rồi tên"),
    (r" *(?:[-=] *)+$| *(?:[_*+] *){3,}$", "đường kẻ ngang", "xóa dòng này, mỗi dòng đã là một đoạn"),
    (r" *>", "dấu > ở đầu dòng (trích dẫn)", "bỏ dấu >, hoặc viết bằng lời: lớn hơn, trên"),
    (r".*`", "dấu ` (mã)", "bỏ dấu `"),
    (r".*~~", "dấu ~~ (gạch bỏ)", "xóa hẳn chữ bị gạch"),
    (r" *(?:[-+*•] +)?\[[ xX]\]( |$|[^\W\d])", "ô đánh dấu [ ]", "viết bằng lời: đã làm, chưa làm"),
    (r" *: ", "dấu : ở đầu dòng (định nghĩa)", "viết liền: từ ấy, dấu hai chấm, rồi nghĩa của nó"),
    (r" *:::|!!! *\w|\.\. \w+::", "khung của phần mềm khác", "bỏ dòng mở và dòng đóng khung, chỉ viết chữ"),
    (r".*!\[", "hình", "không chèn hình vào lời văn; nói bằng lời"),
    (r".*\[\^|.*\^\[", "cước chú", "viết nội dung ấy vào ngay trong câu"),
    (r".*\]\(|.*\]\[|.*\[\[|.*\]: *(<|\w+://|mailto:|www\.)", "liên kết", "viết thẳng tên và địa chỉ vào câu"),
    (r".*\[/\w+\]| *\[(?i:toc)\]$", "thẻ trong ngoặc vuông", "bỏ thẻ, chỉ viết chữ"),
    (r".*==|.*\+\+(?=\S).*\S\+\+", "dấu == hoặc ++ (tô nền, gạch dưới)", "in đậm bằng **…**"),
    (r".*\^\w+\^|.*[A-Za-z]~\d+~", "dấu ^ hoặc ~ (chữ nhỏ ở trên, ở dưới dòng)", "gõ thẳng: m², H₂O"),
    (r".*\$(?=\S)[^$]*(?<=[^\s$])\$(?!\d)", "dấu $ (công thức)", "viết công thức bằng chữ thường"),
    (r".*<!--|.*-->", "ghi chú <!-- … --> lẫn trong lời văn", "để ghi chú trọn trên một dòng riêng"),
    (r".*<[A-Za-z/!?][^<>]*>", "thẻ HTML", "bỏ thẻ, chỉ viết chữ"),
    (r".*&(#\d+|#[xX][\dA-Fa-f]+|[A-Za-z][A-Za-z\d]*);", "mã của một ký tự", "gõ thẳng ký tự ấy"),
    (r".*(?<![\w_])_{1,2}(?=[^\W_])[^_]*(?<=[^\s_])_{1,2}(?![\w_])", "dấu _ (in nghiêng)", "viết *chữ nghiêng*"),
    (r".*\\", "dấu \\ đứng một mình", "bỏ dấu \\; mỗi dòng đã xuống dòng"),
)
REFUSED = tuple((re.compile(pattern), rule, remedy) for pattern, rule, remedy in MARKS)
