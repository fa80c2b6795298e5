"""A language's words that begin a phrase, lead over to what follows, or belong to the next one."""

from __future__ import annotations

from dataclasses import dataclass

from broadcast.language import for_language


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """Words in small letters, parted by spaces; ``together`` are pairs that make one word.

    ``clauses`` and ``phrases`` begin one; ``leading`` never end a line; ``before_numbers`` stand
    with the number that follows; ``circumstances`` begin what stands before the main clause.
    """

    clauses: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()


def phrase_words(language: str) -> PhraseWords:
    """Give the words of a language tag (BCP 47): none of one that is not known here."""
    return for_language(_TABLES, language, PhraseWords())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[str]:
    return frozenset(" ".join(pair.split()) for pair in text.split(","))


_VIETNAMESE = PhraseWords(
    clauses=_words(
        "và nhưng mà vì nên để khi nếu rằng thì hoặc hay còn do bởi tuy song nhằm vậy nhờ dù"
    ),
    phrases=_words(
        "của cho với trong trên từ đến tới tại ở về bằng theo qua như giữa sau trước vào ra dưới "
        "ngoài cùng so"
    ),
    leading=_words(
        "của cho với trong trên từ đến tới tại ở về bằng theo như giữa dưới cùng và nhưng mà vì "
        "nên để khi nếu rằng thì hoặc hay do bởi là có các những một mỗi mọi cái con sự việc "
        "cuộc nền đã đang sẽ không chưa được bị rất càng cũng vẫn còn chỉ phải ông bà anh chị cô "
        "chú bác em hơn gần khoảng ngay toàn nhiều vài số"
    ),
    before_numbers=_words(
        "năm tháng ngày quý khóa số điều lúc khoảng hơn gần trên dưới đạt tuổi thứ khu tổ thôn lộ "
        "đường chương quyết kỷ nhóm lớp cấp quận phường"
    ),
    circumstances=_words(
        "sau trong từ qua trước với khi nếu năm tháng nhân hiện để dù tuy ngoài bên trên theo"
    ),
    together=_pairs("""
an ninh, an sinh, an toàn, ban hành, bao giờ, bao gồm, bao lâu, bao nhiêu, biển đảo, biện pháp,
buôn bán, bà con, bài học, bài thuốc, bác sĩ, báo cáo, bên cạnh, bình quân, bình đẳng, bảo hiểm,
bảo tồn, bảo vệ, bảo đảm, bầu cử, bắt đầu, bền vững, bệnh viện, bởi vì, cam kết, chi phí, chi
tiết, chia sẻ, chiến lược, cho biết, cho nên, cho phép, chung tay, chuyên gia, chuyển biến, chuyển
đổi, chuẩn bị, chính phủ, chính quyền, chính sách, chính trị, chăm sóc, chăn nuôi, chương trình,
chất lượng, chỉ tiêu, chỉ đạo, chủ trương, chủ tịch, chủ yếu, chủ động, cuộc sống, cá nhân, cách
làm, cán bộ, câu chuyện, câu hỏi, còn lại, có thể, công an, công bằng, công dân, công khai, công
nghiệp, công nghệ, công nhân, công trình, công tác, công việc, cùng với, căn cứ, cơ hội, cơ quan,
cơ sở, cư dân, cạnh tranh, cải cách, cải thiện, cảm ơn, cấp phép, cần thiết, cụ thể, cửa hàng,
danh hiệu, diễn ra, diện tích, do vậy, do đó, doanh nghiệp, du khách, du lịch, duy trì, dân cư,
dân số, dân tộc, dịch bệnh, dịch vụ, dự kiến, dự án, gia tăng, gia đình, giao lưu, giao thông, giá
trị, giám sát, giám đốc, giáo dục, giúp đỡ, giải pháp, giải quyết, giới thiệu, gần như, gần đây,
hay không, hiện nay, hiện tại, hiệu quả, hoàn thiện, hoàn thành, hoạt động, huy động, hàng hóa,
hàng năm, hành chính, hành động, hình thành, hình thức, hướng dẫn, hạ tầng, hạn chế, hạnh phúc,
hậu quả, hằng năm, hệ thống, học sinh, học tập, hỗ trợ, hộ gia, hội nghị, hội viên, hợp tác, khai
thác, khoa học, khu phố, khu vực, khuyến khích, khách hàng, khám bệnh, khó khăn, không chỉ, không
khí, khả năng, kinh doanh, kinh nghiệm, kinh phí, kinh tế, kiến nghị, kiến thức, kiểm soát, kiểm
tra, kế hoạch, kết nối, kết quả, kỷ niệm, kỹ năng, kỹ thuật, lao động, liên kết, liên quan, làm
sao, làm sạch, làng nghề, lâu dài, lãnh đạo, lương thực, lắng nghe, lẽ ra, lịch sử, lợi ích, lực
lượng, mua bán, mà còn, mô hình, môi trường, mạnh mẽ, mặc dù, mặt bằng, một số, mở rộng, mục tiêu,
nghiên cứu, nghề nghiệp, nghị quyết, ngoài ra, nguy cơ, nguồn lực, nguồn vốn, ngày càng, ngân
hàng, ngân sách, ngư dân, người dân, nhiệm vụ, nhu cầu, nhà nước, nhà trường, nhân dân, nhân dịp,
nhân lực, như thế, như vậy, nhận thức, nhờ đó, những gì, nông dân, nông nghiệp, nông thôn, năng
lượng, năng lực, phong trào, phát huy, phát triển, phát động, phân loại, phê duyệt, phòng chống,
phóng viên, phương tiện, phương án, phần còn, phối hợp, phục vụ, qua đó, quan hệ, quan trọng, quan
tâm, quy hoạch, quy mô, quy định, quyết liệt, quyết định, quá trình, quý vị, quản lý, quảng bá, ra
sao, rà soát, rác thải, sau đó, sinh hoạt, sinh thái, so với, sáng kiến, sáng tạo, sạt lở, sản
lượng, sản phẩm, sản xuất, sắp tới, sở dĩ, sức khỏe, sử dụng, sự kiện, tham gia, thanh niên, thanh
toán, thay đổi, theo đó, thiên tai, thiết bị, thiết thực, thu gom, thu hoạch, thu hút, thu nhập,
thuận lợi, thành công, thành lập, thành phố, thông báo, thông qua, thông tin, thường xuyên, thậm
chí, thắc mắc, thế nào, thế này, thị trường, thời gian, thời tiết, thời điểm, thủ tục, thực hiện,
thực phẩm, thực tế, tinh thần, tiêu biểu, tiêu chí, tiêu dùng, tiêu thụ, tiến độ, tiếp cận, tiếp
tục, tiềm năng, toàn dân, trao đổi, triển khai, trong khi, trong đó, trung tâm, truyền hình,
truyền thanh, truyền thống, trách nhiệm, trước hết, trước đó, trường học, trường hợp, trẻ em,
trồng trọt, trở lên, trở nên, trở thành, tuy nhiên, tuyên truyền, tuyến đường, tài chính, tài
liệu, tài nguyên, tác động, tình hình, tình trạng, tích cực, tăng cường, tăng trưởng, tư vấn, tại
sao, tạo điều, tập huấn, tập trung, tổ chức, tổng cộng, tổng kết, từ đó, từng bước, tự động, vai
trò, việc làm, vì sao, vì thế, vì vậy, vùng quê, văn hóa, văn minh, văn nghệ, vấn đề, vận hành,
vận động, vật liệu, vệ sinh, vốn vay, vụ mùa, vừa qua, xuất khẩu, xuống cấp, xây dựng, xã hội, xử
lý, y tế, yêu cầu, áp dụng, ô nhiễm, ý kiến, ý nghĩa, ý thức, đa dạng, điều gì, điều hành, điều
kiện, điều tra, đoàn kết, đào tạo, đáp ứng, đóng góp, đô thị, được biết, đại biểu, đại diện, đất
đai, đầu tư, đẩy mạnh, đặc biệt, đề nghị, đề xuất, đề án, để lại, địa bàn, địa phương, định hướng,
đối với, đồng bào, đồng chí, đồng thời, động viên, đời sống, ưu tiên, ảnh hưởng, ứng dụng"""),
)
_ENGLISH = PhraseWords(
    clauses=_words(
        "and but or so because that which who whom whose when where if while although though since "
        "until unless whether as than before after why how what"
    ),
    phrases=_words(
        "of in on at for with from to by about into over under between through during without "
        "within across against among around behind beyond near per towards upon"
    ),
    leading=_words(
        "a an the my our your his her its their this these those of in on at for with from to by "
        "about into over under between through during without within and but or so because that "
        "which who when if while is are was were be been being has have had do does did will would "
        "can could should may might must not no very more most some any every each mr mrs ms dr"
    ),
    circumstances=_words(
        "after since in over if with before during given although though while as at on for"
    ),
    before_numbers=_words(
        "in by about over under some page chapter room number no nearly almost since january "
        "february march april may june july august september october november december"
    ),
)
_TABLES = {"vi": _VIETNAMESE, "en": _ENGLISH}
