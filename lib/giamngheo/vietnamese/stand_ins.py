"""Words that stand where something is still to be written: a writer's notes to come back, what a blank form asks for, samples.

“Chưa có”, “Không có” say something: that there is none. They are no such words.
"""

import re
import unicodedata
from functools import lru_cache

from giamngheo.vietnamese.text import clean, identity

TO_COME = """
đang soạn thảo, soạn thảo sau, chưa hoàn thành, trống, để viết sau, viết ở đây, chờ bổ sung, tạm thời để trống, tạm để trống, bổ sung sau
khi có, cập nhật sau khi có, xem báo cáo năm trước, xem năm trước, như năm trước, chưa viết, chưa soạn, chưa rõ, chưa biết, chưa xong,
chưa làm, chưa điền, chưa ghi, chưa nhập, chưa bổ sung, chưa cập nhật, chưa tổng hợp, chưa hoàn thiện, chưa xác định, chưa có số liệu,
chưa có nội dung, chưa có thông tin, chưa có lời văn, chưa có gì, chờ, đang chờ, còn chờ, đang viết, đang soạn, đang làm, đang bổ sung,
đang cập nhật, đang tổng hợp, đang hoàn thiện, đang xin, đang hỏi, đang lấy, sẽ viết, sẽ soạn, sẽ bổ sung, sẽ cập nhật, sẽ điền, sẽ ghi,
sẽ có, sẽ hoàn thiện, cần viết, cần bổ sung, cần cập nhật, cần điền, cần ghi, cần hỏi, viết sau, viết thêm, viết tiếp, viết vào, viết lại,
điền vào, điền sau, ghi sau, ghi vào, nhập vào, bổ sung sau, bổ sung thêm sau, cập nhật sau, cập nhật tiếp, hoàn thiện sau, để sau, để
trống, bỏ trống, xem lại, kiểm tra lại, hỏi lại,
để tạm, tạm để, nội dung, lời văn, todo, to do, tbd, tba, tbc, fixme, wip, n a, null, none, nil, undefined
"""
BACK = """
nt, như trên, như mục trên, như phần trên, như đã nêu, như đã nêu trên, như đã nêu ở trên, đã nêu, đã nêu trên, đã nêu ở trên, xem trên,
xem ở trên, xem mục trên, xem phần trên, tương tự, tương tự như trên, tương tự năm trước, tương tự như năm trước, giống năm trước, giống như
năm trước, như mọi năm, như các năm trước, như năm ngoái, giống năm ngoái
"""
BESIDE = """
số liệu, thông tin, báo cáo, ý kiến, văn bản, mục, phần, chỗ, này, đây, ở đây, vào đây, tại đây, sau, thêm, tiếp, nữa, xin, cho, của, các,
và, từ, thôn, làng, xã, huyện, tỉnh, cấp trên, kế toán, phòng, ban, mục này, số, tên, ngày, người, viết, lời, chính thức, gửi, cung cấp,
khi có, sớm, nhé, ạ, đủ, đầy đủ, chi tiết
"""
ASKED_FOR = """
họ và tên, họ tên, họ tên người ký, người ký, ký tên, đóng dấu, ký ghi rõ họ tên, ký và ghi rõ họ tên, ghi rõ họ tên, chữ ký, đã ký, ký,
tên người ký, địa danh, tên địa danh, địa điểm, ngày tháng năm, tên xã, tên huyện, tên tỉnh, tên đơn vị, tên thôn, tên cơ quan, tên cơ
quan ban hành, tên cơ quan cấp trên, tên cơ quan chủ quản, cơ quan ban hành, cơ quan chủ quản, cơ quan, đơn vị, chức vụ, chức danh, chức
vụ người ký, quyền hạn chức vụ, quyền hạn chức vụ của người ký, thẩm quyền ký, nơi gửi, nơi nhận, kính gửi, nơi lưu, số ký hiệu, số quyết
định, số văn bản, trích yếu, ai đó, ai ký, khuyết, đang khuyết, ký thay, ký thừa lệnh, ký thừa ủy quyền, tên
"""
BETWEEN = "và, của, người, này, ở đây, vào đây"
SAMPLES = "abc, abcd, abcxyz, xyz, asd, asdf, asdfgh, qwerty, test, lorem ipsum"
ONE_LETTER = re.compile(r"([^\W\d_])\1+")  # xxx, AA
LONGEST = 200  # characters; who writes more says something
SAMPLE_TEXT = "lorem ipsum"


def phrases(table: str) -> list[str]:
    """The phrases of a table in the spelling that `identity` compares, also as they are typed without accents."""
    typed = [identity(phrase.strip()) for phrase in table.replace("\n", " ").split(",")]
    return [*typed, *(plain for phrase in typed if (plain := without_accents(phrase)) not in typed)]


def without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text).replace("đ", "d")
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def spelt(pattern: str) -> re.Pattern:
    """A pattern whose words are in the spelling that `identity` compares."""
    return re.compile(re.sub(r"\b[^\W\d_]{2,}", lambda word: identity(word[0]), pattern))


def any_of(*tables: str) -> str:
    every = dict.fromkeys(phrase for table in tables for phrase in phrases(table))
    return "|".join(re.escape(phrase) for phrase in sorted(every, key=len, reverse=True))


SAMPLE_NAME = spelt(
    r"\w+ (?:\w+ )?(?:văn|thị|van|thi) [a-dx-z]|(?:(?:ông|bà) )?[a-dxz]|[bcdđghklmnpqrstvx] ?[vt] ?[a-dx-z]"
    r"|(?:.* )?(?:xã|phường|thị trấn|huyện|quận|tỉnh) (?:[a-zđ]|abc|xyz)"
)  # Nguyễn Văn A, X, N.V.A, xã X
A_SECTION = spelt(r"xem (?:mục|phần|điểm) [\w ]{1,8}")
REFERRING = frozenset(phrases(BACK))
STANDING_IN, OF_A_FORM = any_of(TO_COME, SAMPLES), any_of(ASKED_FOR, TO_COME, SAMPLES)
WORDS = re.compile(rf"(?:(?:{any_of(BESIDE)}) )*(?:{STANDING_IN})(?: (?:{any_of(TO_COME, SAMPLES, BESIDE)}))*")
FIELD = re.compile(rf"(?:{OF_A_FORM})(?: (?:{OF_A_FORM}|{any_of(BETWEEN)}))*")


@lru_cache(maxsize=4096)
def says_nothing(text: str) -> bool:
    """Whether words only hold the place of others, or there are none.

    >>> [says_nothing(text) for text in ("(chưa viết)", "…", "TODO", "Đang chờ số liệu của các thôn…", "xxx", "Se bo sung sau")]
    [True, True, True, True, True, True]
    >>> [says_nothing(text) for text in ("Không có.", "Chưa có mô hình nào.", "Chờ mưa để gieo sạ.", "12 hộ", "Bổ sung vốn")]
    [False, False, False, False, False]
    """
    said = words(text)
    return said.startswith(SAMPLE_TEXT) or not said or len(said) <= LONGEST and bool(WORDS.fullmatch(said) or ONE_LETTER.fullmatch(said))


@lru_cache(maxsize=4096)
def refers_back(text: str) -> bool:
    """Whether words only send the reader to others.

    >>> refers_back("Như trên."), refers_back("- nt"), refers_back("Xem mục I.2"), refers_back("Tương tự năm trước, xã vay vốn.")
    (True, True, True, False)
    """
    said = words(text)
    return said in REFERRING or bool(A_SECTION.fullmatch(said))


@lru_cache(maxsize=4096)
def asks(text: str) -> bool:
    """Whether the value of a field says nothing, or only what the blank form asks for there.

    >>> [asks(text) for text in ("Họ và tên", "(Ký tên, đóng dấu)", "XXX", "Địa danh", "Nguyễn Văn A", "(chưa rõ)")]
    [True, True, True, True, True, True]
    >>> [asks(text) for text in ("Nguyễn Văn An", "Y Cho", "Hyưn", "Cần Thơ", "CHỦ TỊCH", "Như trên", "VT")]
    [False, False, False, False, False, False, False]
    """
    said = words(text)
    return says_nothing(text) or len(said) <= LONGEST and bool(FIELD.fullmatch(said.rstrip(" 0123456789")) or SAMPLE_NAME.fullmatch(said))


def words(text: str) -> str:
    """The words of a text without marks: one space between them."""
    return identity(" ".join(re.findall(r"[^\W_]+", clean(text))))
