"""What the system says of a file, a folder or the machine, in Vietnamese, and what to do about it.

Needs the standard library alone: it is loaded before anything else.
"""

import errno

SYSTEM = {
    errno.ENOSPC: ("đĩa đã đầy", "dọn bớt tệp rồi chạy lại"),
    errno.EDQUOT: ("đã hết phần đĩa được cấp", "dọn bớt tệp rồi chạy lại"),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", "chọn thư mục khác bằng --out"),
    errno.EACCES: ("không có quyền mở", "xin quyền đọc, ghi tệp hoặc thư mục này"),
    errno.EPERM: ("không có quyền", "xin quyền đọc, ghi tệp hoặc thư mục này"),
    errno.EMFILE: ("mở quá nhiều tệp cùng lúc", "tăng giới hạn (ulimit -n 1024) rồi chạy lại"),
    errno.ENFILE: ("máy đang mở quá nhiều tệp", "đóng bớt chương trình rồi chạy lại"),
    errno.ENOMEM: ("máy hết bộ nhớ", "đóng bớt chương trình rồi chạy lại"),
    errno.EAGAIN: ("máy không cho chạy thêm tiến trình", "đóng bớt chương trình rồi chạy lại"),
    errno.ENOENT: ("không có tệp hoặc thư mục này", "xem lại tên"),
    errno.ENOTDIR: ("không phải là thư mục", "xem lại tên"),
    errno.EISDIR: ("là thư mục, không phải là tệp", "xem lại tên"),
    errno.ELOOP: ("liên kết trỏ vòng tròn", "xóa liên kết này"),
    errno.ENAMETOOLONG: ("tên quá dài", "đặt tên ngắn hơn"),
    errno.EIO: ("đĩa đọc, ghi không được", "kiểm tra ổ đĩa"),
}
