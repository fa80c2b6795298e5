"""Where sentences end in Vietnamese, English and mixed copy: the bars are the borders."""

from __future__ import annotations

import pytest

from broadcast.model import Paragraph, Turn
from broadcast.spoken import Lexicon, northern, sentences, split

COPY = """
Ông ở TP. Hồ Chí Minh.|Bà ở TP. Huế.
Đại biểu TP. HCM đã tới.|Hội nghị bắt đầu.
PGS.TS. Nguyễn Văn A phát biểu.|Ông nói rõ.
PGS. TS. Trần Thị B có mặt.|Cuộc họp kết thúc.
GS.TSKH. Lê Văn Cường chủ trì.
ThS. Hoàng Minh và BS. CKII Phạm Hùng dự.
Có 1.250 người.|30 xe tham gia.
Chi 3.500.000 đồng.|Số còn lại gửi ngân hàng.
Rau, củ, quả, v.v. Các mặt hàng này tăng giá.
Rau, củ, quả v.v. Giá tăng mạnh.
Rau, củ, quả v.v... đều tăng giá.
Rau, củ, quả, v.v…|Tất cả đều tăng.
Thế là... anh ấy đi.|Tôi ở lại.
Anh ấy nói…|Rồi im lặng.
Thật sao?!|Tôi không tin.
Thật sao?|Vâng!|Đúng thế.
“Tôi đồng ý.”|Ông nói thêm.
“Anh đi đâu?” ông hỏi.
"Có ai ở nhà không?" bà hỏi.|Không ai trả lời.
“Chúng tôi sẽ làm!”, Ông khẳng định.
(Theo TTXVN.)|Tin tiếp theo.
Ông Nam (sinh năm 1960.) đã nghỉ.
Điều 5.|Mọi công dân đều bình đẳng.
1. Mở đầu.|Đây là phần một.
a. Phần đầu.|Nội dung chính.
I. Đặt vấn đề.
- Mục thứ nhất.|- Mục thứ hai.
• Trồng cây.|• Tưới cây.
Lúc 7.30 sáng, lễ bắt đầu.|Mọi người đứng dậy.
Xem tại vov.vn.|Cảm ơn quý vị.
Email: dai@phanthiet.vn.|Điện thoại: 0252.3822.123.
Bà Nguyễn Thị H. bị phạt.|Bà đã nộp tiền.
Theo ông Nguyễn Văn A.|Đó là điều tốt.
Đ/c Bí thư phát biểu.|Hội nghị vỗ tay.
Đ.c Lê Hoa dự.
Ở P. Đức Long, Q. 1 và H. Hàm Thuận.
Ở Q.1, P.5.|Đường hẹp.
Nhà ở đường Nguyễn Huệ, P. 7.|Nhà rộng.
NXB. Trẻ in sách.|Sách hay.
NSƯT. Thanh Hoa hát.|Khán giả vỗ tay.
Nạn nhân Nguyễn V. A. trú tại Phan Thiết.|Ông khỏe.
Bị cáo Lê T. K. (SN 1990) khai nhận.|Tòa nghỉ.
Chị Ng. T. H. kể lại.|Anh Trần Th. L. nghe.
Anh Nguyễn V. A.|Công an đã bắt.
Vitamin C.|Rất tốt.
Năm 2024.|Năm 2025.
Tăng 5%.|Giảm 3%.
Tăng 5,5 %.|Kết quả tốt.
Ngày 3.2.1930.|Đảng ra đời.
Mr. Smith lives here.|He is kind.
Dr. Jones met Mrs. Lee.|They talked.
He lives in the U.S. Army base.
He lives in the U.S.|He likes it.
The U.S. President spoke.|He left.
At 7:30 a.m.|The shop opens.
At 7 a.m. Monday he left.|She stayed.
It opens at 7:30 a.m.|The shop is small.
Apples, pears, etc.|They were fresh.
Apples, e.g. Granny Smith, are good.
Acme Inc. of London closed.|It owed money.
He works at Acme Inc.|He is happy.
St. Mary's is old.|It was built in 1820.
He lives on Baker St.|It is quiet.
Martin Luther King Jr. spoke.|All listened.
J. K. Rowling wrote it.|It sold well.
John F. Kennedy was shot.|He died.
No. 5 is alive.|It said no.|Yes.
He said no.|She said yes.
"Stop!" he said.|"Go on."|She went.
“Really?”|“Yes.”|He smiled.
'Never again.'|She left.
Wait...|What?
He asked (quietly).|She answered.
(He left.)|She stayed.
See Fig. 3 and p. 12.|It is clear.
Prof. Dr. Hans Meyer spoke.|He was clear.
It cost $3.50.|It was cheap.
Version 2.0.|It works.
The score was 3-1.|They won.
Lt. Col. Adams fell.|He rose.
On Jan. 5 it rained.|On Feb. 6 it snowed.
The meeting, on Mon. Jan. 8, is off.
Gov. Brown and Sen. Hall met Rep. Diaz.|They agreed.
He has a Ph.D. from MIT.|She has none.
The E.U. Commission met.|It agreed.
Anh John F. Kennedy đến Hà Nội.|Ông ở lại.
Ban nhạc The Beatles (U.K.) đến.|Vé hết.
Mr. Nguyễn Văn An gặp Dr. Smith.|Họ nói chuyện.
The city of TP. HCM grew.|It is big.
Xong.|…Và rồi mưa.
Hết rồi!!!|Đi thôi.
Ông nói: “Đi thôi!”|Rồi ông đi.
Ông nói: “Đi thôi.”.|Rồi ông đi.
Tin từ A.F.P. cho hay.|Xong.
Anh hỏi: "Mấy giờ?"|Tôi đáp.
Giá 5.000đ.|Rẻ quá.
Rộng 5 m.|Dài 7 m.
Rộng 50 ha.|Dân đông.
Vận tốc 60 km/h.|Xe dừng.
Nước sâu 3 m2.|Tốt.
Hội nghị T.Ư. Đảng họp.
Đảng bộ TT. Phan Rí Cửa họp.|Kết quả tốt.
Tel. 0252 3822 123.|Gọi ngay.
Hội nghị kết thúc.|Ông Nam phát biểu.
Gửi về dai.Phanthiet@vov.vn nhé.|Cảm ơn.
Mua tại Shopee.Vn và Tiki.Vn.|Giá rẻ.
Tốt quá!|Mọi người vui.
Ông Trump gặp ông Putin ở Alaska.|Hai bên nói chuyện.
TS. BS. Lê Thị Hoa khám bệnh.|Bà khuyên dân ăn chín.
Ths.Bs Nguyễn An nói.|Rồi đi.
TX. La Gi và TT. Ma Lâm mưa to.|Gió mạnh.
UBND P. Phú Thủy họp.|Dân đến dự.
Tổ 5, KP. 3, P. Đức Thắng.|Nhà số 7.
Giá xăng 23.500 đồng.|Giá dầu 20.000 đồng.
Gạo 15.000 đ.|Thịt 120.000 đ.|Rẻ.
Năm nay, v.v. và v.v. Mọi việc xong.
Điểm: 9,5.|Hạng: Nhất.
“Tôi yêu Phan Thiết”.|Bà nói vậy.
“Tôi yêu Phan Thiết.|Tôi ở lại.”|Bà nói vậy.
Ai?|Tôi.|Sao?|Không.
Cái gì…?|Không có gì.
Được!|– Bà đáp.
Chào anh !|Chào chị .|Mời vào.
Số 1.|Số 2.
Câu 1.|Câu 2: Vì sao?
1) Trồng cây.|2) Nuôi cá.
III. Kết quả.|Rất tốt.
Theo Nghị quyết số 18-NQ/TW.|Đảng bộ triển khai.
Quyết định 123/QĐ-UBND.|Nội dung gồm ba phần.
Lúc 19h30.|Mời quý vị xem.
Lúc 7 h.|Sau đó đi.
Dài 5 km.|Rộng 2 km.
GĐ. Nguyễn Văn Bình nói.|Tốt.
Công ty Acme Inc. có trụ sở tại Mỹ.|Công ty lớn.
Chương trình The Voice.|Mời nghe.
Mr. John Smith, Giám đốc WHO.|Ông đến thăm.
Mr. Smith nói: "Very good."|Rồi ông cười.
Bài hát "What's up?" rất hay.|Ai cũng thích.
The mayor, Mr. Trần Văn Nam, spoke.|People clapped.
Hồ Chí Minh City (HCMC) grew 7.5%.|It leads.
He moved to Washington, D.C.|The city is big.
The U.K. Prime Minister resigned.|A vote follows.
It was 5 p.m. EST when it ended.|All left.
Sales rose 5 per cent.|Costs fell.
"I'm done," he said.|"Goodbye."
She asked, "Why?"|Nobody knew.
He (Smith Jr.) won.|She lost.
Jan. was cold.|Feb. was warm.
Arrive Tues. Jan. 9 at No. 10.|Bring food.
Is it true?!|Yes!!!|No...
*Applause.*|Thank you.
See pp. 3-5.|Then Vol. 2.
He scored 10.|She scored 9.
Maj. Gen. Lee and Adm. Hall met.|They shook hands.
George W. Bush and Samuel L. Jackson met.|They ate.
Plan B.|It failed.
I said no. 5 people left.
"""

VIETNAMESE = """
Quê Bác ở Làng Sen.|Ông sinh năm 1890.
Lúa này không biến đổi gen.|Nông dân yên tâm.
Bữa nào cũng ăn no.|5 giờ sáng lại ra đồng.
Cảm ơn chị Thu.|MC Lan Anh xin chào.
Công an mời chị H.|Công an xã cũng có mặt.
Theo bà Nguyễn Thị H.|Bà đã nộp tiền.
Nhà ở H. Hàm Thuận Bắc.
Mr. Smith gặp Dr. Lee.|Họ bắt tay.
Hàng này là No. 1 ở đây.
Uống vitamin C.|Cam có nhiều.
Khu di tích Kim Liên có hai làng: Hoàng Trù và Sen.|Mỗi năm đón hai triệu khách.
Nhà bà trồng ba sào sen.|Gương sen bán tại đầm.
Bệnh này do đột biến gen.|Gia đình cần đi xét nghiệm.
Bác sĩ phải giải trình tự gen.|3 ngày sau có kết quả.
Trâu đã ăn no.|10 con về chuồng.
Chủ tịch xã là ông Y Mar.|Ông là người Ê Đê.
Bà con người Co.|Bà con người Hrê cũng vậy.
Bài thơ tặng em Thu.|ĐBQH Lê Thu Hà đọc.
TS. Nguyễn Văn Hùng và ThS. Lê Hoa dự.|Họ trình bày ba báo cáo.
BS. Trần Nam khám cho cụ H.|Cụ đã khỏe.
Nạn nhân là anh Đ.|Anh 32 tuổi.
Trụ sở ở Q. Bình Thạnh, TP. HCM.|Đường rất rộng.
Xe chạy từ TX. La Gi về H. Tánh Linh.|Mưa lớn.
Em Nguyễn Văn T.|Nguyễn Văn T. là học sinh lớp 5.
Thuốc của hãng Johnson gửi Dr. Park tại Seoul.|Ông Park nhận hôm qua.
Anh ấy nói: no.|Chúng tôi cười.
Cháu Th.|Cháu mới bảy tuổi.
Ông làm ở St. Petersburg.|Ông nhớ quê.
Hai đội U.S. Marines và Hải quân Việt Nam gặp nhau.
Dự án của JICA, LS. Hoàng tư vấn.|Chi phí thấp.
Nước mắm nổi tiếng từ lâu, xem tr. 15.|Sách có bán.
Đến chợ hỏi cô Hon.|Cô bán bún.
Dân gọi là Sen.|2 tháng thì nở.
Theo GS. TS. Đặng Hùng Võ, đất phải đăng ký.|Luật đã rõ.
Chị Q. kể: “Tôi mất hết.”|Rồi chị khóc.
Tổng thống Donald J. Trump đến Hà Nội.|Ông ở hai ngày.
Phim có Samuel L. Jackson.|Vé bán hết.
Bệnh viêm gan B.|Cần tiêm ngừa.
Ông ở tổ 3, KP. 5, P. Phú Trinh.|Nhà có vườn.
Chuyến đi tới Washington D.C.|Hôm sau ông về.
"""
ENGLISH = """
Sen. Warren said no.|Gen. Lee agreed.
It snowed on Feb. 6.|It melted.
The mayor met Col. Brown.|They spoke.
Sen. Murphy and Rep. Diaz spoke.|Gov. Hall did not.
Maj. Gen. Tran retired in Jan. 2020.|He lives in Hue.
On Thu. Jan. 9 the ferry stops.|Bring cash.
See Fig. 2 on p. 8.|It is clear.
He met Mr. X.|He left early.
Turn to Ch. 4.|Read it.
Ms. Le and Prof. Ho teach in TP. HCM.|They commute.
Rev. Hon. Smith met Col. Adams.|They prayed.
The U.S. Navy left.|Nobody saw it.
It is at No. 7.|Ring twice.
Everybody knew vitamin H.|Few took it.
"""


@pytest.mark.parametrize("marked", COPY.strip().splitlines())
def test_sentences_end_where_a_newsreader_pauses(marked: str) -> None:
    written = marked.replace("|", " ")
    assert list(split(written)) == marked.split("|")


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        *(("vi-VN", marked) for marked in VIETNAMESE.strip().splitlines()),
        *(("en-GB", marked) for marked in ENGLISH.strip().splitlines()),
    ],
)
def test_what_is_an_abbreviation_goes_by_the_language(language: str, marked: str) -> None:
    assert list(split(marked.replace("|", " "), language)) == marked.split("|")


def test_a_turn_is_parted_as_its_language_asks() -> None:
    turn = Turn("turn", "A", "official", (Paragraph(1, "Ở Làng Sen. Ông ở lại."),), "a", 1)
    parted = {
        language: len(sentences(turn, language=language, lexicon=Lexicon(), style=northern))
        for language in ("vi", "en")
    }
    assert parted == {"vi": 2, "en": 1}


def test_sentences_end_without_a_space_where_the_next_begins() -> None:
    assert list(split("Hội nghị kết thúc.Ông Nam phát biểu.")) == [
        "Hội nghị kết thúc.",
        "Ông Nam phát biểu.",
    ]
    for address in ("Gửi về dai.Phanthiet@vov.vn nhé.", "Mua tại Shopee.Vn và Tiki.Vn."):
        assert list(split(address)) == [address]
