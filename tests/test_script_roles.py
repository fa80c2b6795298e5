"""Labels of one person are one speaker, and who asks is the reporter, polite words or not."""

from __future__ import annotations

import pytest

from broadcast.script.label_forms import form_of
from broadcast.script.labelled import LabelledTurn
from broadcast.script.speakers import speakers_of


def parts(*said: tuple[str, str]) -> dict[str, str]:
    """The role of everybody by name; those who have asked are "asks"."""
    turns = []
    for label, words in said:
        form = form_of(label)
        assert form is not None, label
        turns.append(LabelledTurn(label, form, words))
    voices, _ = speakers_of(turns, [])
    return {one.name: "answers" if one.role == "official" else "asks" for one in voices}


@pytest.mark.parametrize(
    ("labels", "people"),
    [
        (["Tiến sĩ Đỗ Quý Toàn", "TS. Toàn", "Ông Toàn", "Đ.Q.T", "ĐQT", "Toàn", "Ông T."], 1),
        (["Bà Lục Thị Hơn - Chủ tịch xã", "Chủ tịch xã", "Bà Hơn", "Chủ tịch"], 1),
        (["MARTIN SHAW", "HELEN PROUT", "SHAW", "PROUT"], 2),
        (["Jane Pike, host", "Tom Reed", "PIKE", "Jane", "JP", "TR", "Reed"], 2),
        (["Superintendent Amos Bright", "SUPERINTENDENT BRIGHT", "Bright"], 1),
        (["Chị H’Ngơi Niê", "H'Ngơi", "Chị H'Ngơi"], 1),
        (["Ô. Tám", "O. Tám", "Ông Tám"], 1),
        (["Bác sĩ Trịnh Quốc Bửu", "Bác sĩ", "BS Bửu"], 1),
        # Two people, never one.
        (["Bác sĩ Trịnh Quốc Bửu", "Bác sĩ Lê Hoa", "Bác sĩ"], 3),
        (["Nguyễn Văn An", "Nguyễn Thị Bình", "Nguyễn"], 3),
        (["Ông Nguyễn Văn An", "Bà Nguyễn Thị An", "Ông An", "Bà An"], 2),
        (["Ông An", "Bà An", "An"], 3),
        (["Ông Trần Văn Hai", "Ông Lê Văn Hai", "Ông Hai"], 3),
        (["John Smith", "Mary Smith", "SMITH"], 3),
        (["Ông Đỗ Quý Toàn", "Ông Lê Văn Tấn", "Ông T."], 3),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, list) else str(value),
)
def test_labels_of_one_person_are_one_and_of_two_are_two(labels: list[str], people: int) -> None:
    assert len(parts(*((label, "Vâng.") for label in labels))) == people


def test_a_polite_question_back_turns_nothing_round() -> None:
    assert parts(
        ("NELL ASHBY", "Good morning, you're with Valley FM, and Rob Tully is here. Morning, Rob."),
        ("ROB TULLY", "Morning, Nell. How are you?"),
        ("NELL ASHBY", "Wet. The bridge at Coombe has been shut since May."),
        ("ROB TULLY", "It has, and it will be until the steel comes from the yard in Leeds."),
        ("NELL ASHBY", "Which is when?"),
        ("ROB TULLY", "In March, if the river lets us, and I would not bet the farm on the river."),
        ("NELL ASHBY", "Thanks for coming in."),
    ) == {"NELL ASHBY": "asks", "ROB TULLY": "answers"}


def test_who_says_little_and_thanks_asks_even_without_question_marks() -> None:
    assert parts(
        ("Sơn", "Mười hai trận không thua, anh nói gì với học trò."),
        ("Lực", "Tôi bảo các em tắt điện thoại, ngủ sớm, vì trận sau mới là trận khó nhất mùa."),
        ("Sơn", "Xin anh nói rõ hơn về hàng thủ."),
        ("Lực", "Hàng thủ già, nhưng biết đứng. Người trẻ chạy nhiều, người già chạy đúng chỗ."),
        ("Sơn", "Cảm ơn anh, chúc đội lên hạng."),
    ) == {"Sơn": "asks", "Lực": "answers"}


def test_two_hosts_ask_one_guest() -> None:
    assert parts(
        ("Kim Ray", "Welcome back. The pier is open again. Dana Cole built it. Proud?"),
        ("Dana Cole", "I am, though it was forty people and a very patient crane, not me alone."),
        ("Bo Hart", "And the crane has a name, hasn't it?"),
        ("Dana Cole", "It does. The crew called her Winifred, and she goes home on Friday."),
        ("Kim Ray", "What would you do differently?"),
        ("Dana Cole", "Order the paint earlier. We waited nine weeks for that shade of green."),
        ("Bo Hart", "Can people fish from it?"),
        ("Dana Cole", "From the north side, after six, with a permit that costs nothing."),
    ) == {"Kim Ray": "asks", "Bo Hart": "asks", "Dana Cole": "answers"}


def test_a_guest_may_speak_first_and_a_station_ask() -> None:
    assert parts(
        ("Vi Thị Hòa", "Hôm nay tôi mang theo con thoi của bà tôi để lại, chị xem."),
        ("Nắng Mới", "Con thoi này bao nhiêu tuổi, thưa chị?"),
        ("Vi Thị Hòa", "Gần trăm tuổi. Bà tôi dệt từ năm mười ba, mẹ tôi dệt tiếp, rồi đến tôi."),
        ("Nắng Mới", "Con gái chị có dệt không?"),
        ("Vi Thị Hòa", "Cháu học máy tính, nhưng tối về vẫn ngồi khung cửi với tôi một lúc."),
    ) == {"Vi Thị Hòa": "answers", "Nắng Mới": "asks"}


def test_one_of_a_round_table_asks_the_others_answer_in_turn() -> None:
    assert parts(
        ("Hằng", "Em nào kể cho cô nghe về vườn rau trước?"),
        ("Bảo", "Lớp em trồng cải. Tuần nào cũng có bạn quên tưới nên cải hơi đắng."),
        ("Nga", "Lớp em nuôi gà, gà ăn hết cải của lớp bạn Bảo, bọn em phải xin lỗi."),
        ("Phúc", "Em thích nhất lúc bán rau lấy tiền mua bóng cho cả khối chơi chung."),
        ("Hằng", "Thế vườn có giúp các em học không?"),
        ("Nga", "Có ạ, bọn em phải đo luống, tính hạt, ghi sổ thu chi hằng tuần."),
    ) == {"Hằng": "asks", "Bảo": "answers", "Nga": "answers", "Phúc": "answers"}


def test_what_stands_beside_a_name_says_the_part() -> None:
    assert parts(
        ("OWEN PIKE [HOST]", "It is a fine day for potholes."),
        ("CARLA DUNMORE [MINISTER]", "Hello Owen, is that coffee for me?"),
        ("PIKE", "It is. Half the calls last week were about broken axles."),
        ("DUNMORE", "That is why two million dollars go into repairs before winter."),
    ) == {"OWEN PIKE": "asks", "CARLA DUNMORE": "answers"}


def test_a_journalist_who_is_asked_is_the_guest_and_listeners_ask() -> None:
    assert parts(
        ("PV", "Thưa ông, ông bắt đầu nghề báo thế nào?"),
        ("Nhà báo Lục Văn Tấn", "Tôi bắt đầu bằng nghề phát báo, sáng nào cũng đạp xe khắp chợ."),
        ("Thính giả", "Tôi ở Cầu Khế, tôi thấy báo bây giờ ít viết về chợ."),
        ("Nhà báo Lục Văn Tấn", "Bà con nói đúng, tôi xin nhận, và tuần tới sẽ có bài."),
    ) == {"PV": "asks", "Nhà báo Lục Văn Tấn": "answers", "Thính giả": "asks"}


def test_nobody_asks_where_all_only_tell() -> None:
    assert set(
        parts(
            ("Khánh", "Lớp tôi có bốn mươi bạn, ai cũng có máy."),
            ("Dương", "Trường tôi thì thầy cô giữ máy đến cuối tuần."),
            ("Mây", "Xã tôi còn chưa có sóng để mà dùng."),
        ).values()
    ) == {"answers"}


def test_two_hosts_frame_a_round_table_without_asking_much() -> None:
    assert parts(
        ("Bex", "Evening, all. Ivy, you have brought the whole minute book with you."),
        ("Ivy", "I have. I would not trust it to the post, I have kept it for thirty years."),
        ("Raj", "What is the oldest entry?"),
        ("Ivy", "A complaint about a goat. My grandmother wrote it and my aunt seconded it."),
        ("Bex", "Len, you would rather see it in a museum."),
        ("Len", "I would rather see it read. We keep things in boxes, we never open the boxes."),
        ("Ivy", "I open mine every Sunday, Len."),
        ("Len", "I know you do. I have seen the light on in the hall when I walk the dog."),
        ("Raj", "This has been Parish Pump. You've been listening to Bex and Raj."),
    ) == {"Bex": "asks", "Raj": "asks", "Ivy": "answers", "Len": "answers"}


def test_who_chairs_a_round_table_asks() -> None:
    assert parts(
        ("Una Marsh (chair)", "We have ninety minutes and one jug of water. Two more at the back."),
        ("Piet Blom (dredging contractor)", "I need the tide more than the water, to be honest."),
        ("Ada Orme (harbour trust)", "We need both, and I said so in March."),
        ("Una Marsh (chair)", "So put the buoys further out."),
        ("Piet Blom (dredging contractor)", "I have been asking for that since the spring."),
        ("Una Marsh (chair)", "My thanks to both of you."),
    ) == {
        "Una Marsh (chair)": "asks",
        "Piet Blom (dredging contractor)": "answers",
        "Ada Orme (harbour trust)": "answers",
    }


def test_one_label_that_asks_again_and_again_asks() -> None:
    assert parts(
        ("KLP", "Where did you find the boat?"),
        ("KLP", "And nobody claimed it?"),
        ("KLP", "Was it worth it?"),
    ) == {"KLP": "asks"}


def test_questions_typed_without_marks_ask() -> None:
    assert parts(
        ("Mo", "right gran, where did you go to school"),
        ("Gran Bea", "In a tin chapel by the river. We sat on our coats."),
        ("Mo", "who taught you"),
        ("Gran Bea", "Miss Pugh. I was afraid of her until I was forty."),
        ("Mo", "what did you eat"),
        ("Gran Bea", "Bread and dripping, and my brother ate most of mine."),
    ) == {"Mo": "asks", "Gran Bea": "answers"}


def test_a_moderator_with_an_article_has_a_part() -> None:
    assert parts(
        ("THE MODERATOR", "We'll get started."),
        ("LOU TARRANT", "I mean, that was long. I'm hungry."),
        ("QUESTION", "What about the third lap?"),
        ("LOU TARRANT", "My shoe came off."),
    ) == {"THE MODERATOR": "asks", "LOU TARRANT": "answers", "QUESTION": "asks"}
