"""What listeners are told in Vietnamese."""

from __future__ import annotations

from broadcast.messages.listeners import (
    Chapters,
    Credits,
    Dates,
    Disclosure,
    Figures,
    ListenerWords,
    ListingWords,
    Pages,
    Parts,
    People,
    RecordSheet,
    Transcript,
)

WORDS = ListenerWords(
    language="vi",
    people=People(
        presenter="Người dẫn chương trình",
        reporter="Phóng viên",
        official="Khách mời",
    ),
    parts=Parts(
        reporter="Phóng viên",
        contributor="Cộng tác viên",
        editor="Biên tập viên",
        host="Người dẫn chương trình",
        announcer="Phát thanh viên",
    ),
    credits=Credits(
        producer="Thực hiện",
        reporter="Phóng viên",
        author="Tác giả",
        editor="Biên tập",
        translator="Dịch",
        engineer="Kỹ thuật",
        sound_editor="Dựng",
        director="Đạo diễn",
        narrator="Thể hiện",
    ),
    listing=ListingWords(
        funding="Ủng hộ chương trình",
        daily="Mỗi ngày một số",
        weekdays="Từ thứ Hai đến thứ Sáu",
        weekly="Mỗi tuần một số",
        fortnightly="Hai tuần một số",
        monthly="Mỗi tháng một số",
    ),
    disclosure=Disclosure(
        notice_all=(
            "Thưa quý vị và các bạn, phần trả lời của {guests} trong chương trình này "
            "được thể hiện bằng giọng đọc tổng hợp của máy tính, "
            "không phải giọng thật của người trả lời phỏng vấn."
        ),
        notice_some=(
            "Thưa quý vị và các bạn, một số câu trả lời của {guests} trong chương trình này "
            "được thể hiện bằng giọng đọc tổng hợp của máy tính, "
            "không phải giọng thật của người trả lời phỏng vấn."
        ),
        line_of_one=(
            "Giọng đọc tổng hợp: lời của {guests} (lượt {turns}) được thể hiện bằng giọng đọc "
            "của máy tính, không phải giọng thật."
        ),
        line_of_several=(
            "Giọng đọc tổng hợp: lời của {guests} (lượt {turns}) được thể hiện bằng giọng đọc "
            "của máy tính, không phải giọng thật."
        ),
        and_last="{others} và {last}",
        says_so=(
            "giọng máy",
            "giọng của máy",
            "giọng đọc máy",
            "giọng đọc của máy",
            "giọng nói máy",
            "giọng nói của máy",
            "giọng tổng hợp",
            "giọng đọc tổng hợp",
            "giọng nói tổng hợp",
            "tiếng nói tổng hợp",
            "giọng nhân tạo",
            "giọng đọc nhân tạo",
            "giọng nói nhân tạo",
            "tiếng nói nhân tạo",
            "giọng tự động",
            "giọng đọc tự động",
            "giọng nói tự động",
            "phần mềm đọc",
            "máy tính chuyển thành",
            "giọng ảo",
            "giọng đọc ảo",
            "phát thanh viên ảo",
            "giọng AI",
            "giọng đọc AI",
            "giọng nói AI",
            "trí tuệ nhân tạo",
            "máy đọc",
            "máy tính đọc",
            "máy tính thể hiện",
            "đọc bằng máy",
            "AI đọc",
            "AI thể hiện",
            "bằng AI",
            "giọng rô bốt",
            "giọng robot",
            "văn bản thành giọng nói",
            "văn bản thành tiếng nói",
            "text-to-speech",
        ),
        denies=("không", "chẳng", "chả", "chưa"),
        real=("thật", "người"),
        turns=("mà", "nhưng", "nên", "vì"),
    ),
    chapters=Chapters(
        introduction="Giới thiệu",
        thanks=("cảm ơn", "cám ơn"),
    ),
    transcript=Transcript(
        synthetic_voices="Giọng đọc tổng hợp (máy tính): {speakers}",
        synthetic_voice="giọng đọc tổng hợp",
    ),
    record_sheet=RecordSheet(
        sheet="Phiếu thu âm",
        total="{recorded} trên {all} lượt đã có giọng thật",
        turn="Lượt {n} · khoảng {length}",
        nothing="Mọi lượt đều đã có bản thu.",
    ),
    dates=Dates(
        months=tuple(str(month) for month in range(1, 13)),
        read="{day} tháng {month}, {year}",
        said="{day}/{month}/{year}",
    ),
    figures=Figures(
        minutes="{n} phút",
        seconds="{n} giây",
        megabytes="{size} MB",
        decimal_mark=",",
    ),
    pages=Pages(
        skip="Đến nội dung chính",
        episodes="Các chương trình",
        no_episodes="Chưa có chương trình nào. Mời quý vị quay lại sau.",
        subscribe="Đăng ký nghe",
        subscribe_how="Dán địa chỉ này vào ứng dụng podcast để nhận chương trình mới.",
        feed_address="Địa chỉ podcast",
        copy="Sao chép",
        copied="Đã sao chép",
        open_in_app="Mở trong ứng dụng podcast",
        feed="Nguồn RSS",
        chapters="Các phần",
        transcript="Nội dung",
        seek_hint="Bấm vào một câu để nghe từ câu đó.",
        downloads="Tải về",
        download_audio="Âm thanh",
        download_small="Âm thanh, bản nhẹ",
        download_transcript="Nội dung có thời gian",
        all_episodes="Tất cả chương trình",
        years="Theo năm",
        year="Chương trình năm {year}",
        month="Tháng {month}",
        withdrawn="Chương trình này đã được gỡ",
        withdrawn_on=(
            "Đài đã gỡ chương trình này ngày {date}. Mời quý vị nghe các chương trình khác."
        ),
        expired="Chương trình này đã hết hạn",
        expired_on="Chương trình này hết hạn ngày {date}. Mời quý vị nghe các chương trình khác.",
        moved="Chương trình này đã chuyển sang địa chỉ mới",
        show_moved="Kênh này đã chuyển sang địa chỉ mới",
        synthetic="Giọng tổng hợp",
        synthetic_title="Giọng đọc tổng hợp của máy tính",
        synthetic_notice=(
            "Chương trình có giọng đọc tổng hợp của máy tính; "
            "những lượt như vậy được đánh dấu trong phần nội dung."
        ),
        player="Nghe chương trình",
        captions="Phụ đề",
        year_episode="Số {episode} năm {season}",
        season_episode="Mùa {season}, số {episode}",
        episode="Số {episode}",
        people="Người tham gia",
    ),
)
