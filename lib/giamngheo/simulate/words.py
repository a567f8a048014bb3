"""The narrative of a simulated commune: one text per section, its figures as placeholders only."""

TEXTS = {
    "tuyen-truyen": """\
(Số liệu mô phỏng: {place}, các thôn, làng và mọi con số trong báo cáo này không có thật.)

Trong năm {year}, xã phổ biến chính sách giảm nghèo tới {facts.so_thon_lang} qua các buổi họp làng, loa \
truyền thanh và cán bộ phụ trách địa bàn.
""",
    "trien-khai": """\
Căn cứ các văn bản nêu trên, xã lập kế hoạch thực hiện Chương trình năm {year}, giao việc cho từng bộ phận \
và thông báo công khai kế hoạch vốn {budget.planned} đến các thôn, làng.
""",
    "ban-quan-ly": """\
Ban quản lý họp định kỳ hằng quý, phân công thành viên phụ trách từng thôn, làng và kiểm tra việc giải ngân.
""",
    "ra-soat": """\
Xã tập huấn rà soát viên, rà soát {review.households} dân cư, họp dân thống nhất kết quả và niêm yết công \
khai tại nhà sinh hoạt cộng đồng của từng thôn, làng.
""",
    "ra-soat-thuan-loi": """\
Cấp ủy, chính quyền và các đoàn thể phối hợp chặt chẽ; người dân hợp tác khi rà soát viên đến hộ.
""",
    "ra-soat-kho-khan": """\
- Thời gian rà soát trùng mùa thu hoạch, nhiều hộ vắng nhà.
- Địa bàn rộng, đường đến một số làng đi lại khó khăn trong mùa mưa.
""",
    "ra-soat-nguyen-nhan": """\
- Rà soát viên là người hoạt động không chuyên trách, làm nhiều việc cùng lúc.
- Một số hộ chưa kê khai đủ thu nhập và tài sản.
""",
    "mo-hinh": """\
Mô hình thứ nhất có {models.1.members} tham gia, trong đó {models.1.target_members} nghèo, cận nghèo; các hộ \
được tập huấn kỹ thuật trước khi nhận hỗ trợ và đã góp {models.1.contributed}.
""",
    "giam-sat": """\
Ban quản lý kiểm tra tiến độ hằng quý. Đến ngày báo cáo đã giải ngân {budget.disbursed}, đạt \
{budget.disbursement_rate} kế hoạch.
""",
    "ket-qua-dat-duoc": """\
- Hộ nghèo {changes.poor.change_households} so với năm {last_year}; tỷ lệ hộ nghèo {changes.poor.change_rate}.
- Trong năm có {movements.poor.households.left} ra khỏi diện hộ nghèo.
- Có {training.participants} được tập huấn về công tác giảm nghèo.
""",
    "ton-tai": """\
- Tỷ lệ hộ nghèo {review.poor_rate}, hộ cận nghèo {review.near_poor_rate} còn cao.
- Đồng bào dân tộc thiểu số chiếm {facts.ty_le_dan_so_dtts} dân số; tỷ lệ hộ nghèo dân tộc thiểu số là \
{review.minority_poor_rate}.
""",
    "nguyen-nhan": """\
- Vốn được giao muộn, giá vật tư tăng nên một số hoạt động kéo dài.
- Sản xuất còn phụ thuộc thời tiết và giá nông sản.
""",
    "ke-hoach": """\
Năm {next_year}, xã rà soát kết quả và phấn đấu giảm nghèo cho {review.multidimensionally_poor_households} \
nghèo đa chiều hiện có, ưu tiên hộ không có khả năng lao động và hộ mới thoát nghèo.
""",
    "giai-phap": """\
- Lồng ghép các nguồn vốn, hỗ trợ theo tổ, nhóm hộ gắn với tiêu thụ sản phẩm.
- Phân công cán bộ, đoàn thể giúp đỡ từng hộ nghèo.
""",
    "kien-nghi": """\
- Cấp trên giao vốn ngay từ đầu năm và hướng dẫn kịp thời các nội dung mới.
""",
}
