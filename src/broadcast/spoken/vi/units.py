"""Units and currencies as they are written after (or before) a number → their names."""

from __future__ import annotations

UNITS = {
    "km": "ki lô mét", "Km": "ki lô mét", "KM": "ki lô mét", "hm": "héc tô mét", "dm": "đề xi mét",
    "m": "mét", "cm": "xen ti mét", "mm": "mi li mét", "µm": "mi crô mét", "μm": "mi crô mét",
    "nm": "na nô mét", "kg": "ki lô gam", "Kg": "ki lô gam", "KG": "ki lô gam", "g": "gam",
    "gr": "gam", "mg": "mi li gam", "µg": "mi crô gam", "μg": "mi crô gam", "mcg": "mi crô gam",
    "ha": "héc ta", "Ha": "héc ta", "HA": "héc ta", "l": "lít", "L": "lít", "ml": "mi li lít",
    "mL": "mi li lít",
    "dl": "đề xi lít",
    "dL": "đề xi lít", "cc": "xê xê", "m2": "mét vuông", "m²": "mét vuông", "M2": "mét vuông",
    "km2": "ki lô mét vuông", "km²": "ki lô mét vuông", "cm2": "xen ti mét vuông",
    "cm²": "xen ti mét vuông", "mm2": "mi li mét vuông", "mm²": "mi li mét vuông",
    "m3": "mét khối", "m³": "mét khối", "M3": "mét khối", "cm3": "xen ti mét khối",
    "cm³": "xen ti mét khối", "dm3": "đề xi mét khối", "dm³": "đề xi mét khối",
    "km3": "ki lô mét khối", "km³": "ki lô mét khối", "°C": "độ xê", "ºC": "độ xê", "℃": "độ xê",
    "oC": "độ xê", "°F": "độ ép", "ºF": "độ ép", "°N": "độ bắc", "°S": "độ nam", "°E": "độ đông",
    "°W": "độ tây", "°": "độ", "º": "độ", "W": "oát",
    "kW": "ki lô oát", "KW": "ki lô oát", "MW": "mê ga oát", "GW": "gi ga oát",
    "kWp": "ki lô oát pích", "MWp": "mê ga oát pích", "Wh": "oát giờ", "kWh": "ki lô oát giờ",
    "KWh": "ki lô oát giờ", "kwh": "ki lô oát giờ", "MWh": "mê ga oát giờ", "GWh": "gi ga oát giờ",
    "V": "vôn", "kV": "ki lô vôn", "KV": "ki lô vôn", "kVA": "ki lô vôn am pe",
    "mAh": "mi li am pe giờ", "MVA": "mê ga vôn am pe", "Hz": "héc", "kHz": "ki lô héc",
    "KHz": "ki lô héc", "MHz": "mê ga héc", "Mhz": "mê ga héc", "GHz": "gi ga héc",
    "KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "TB": "tê ra bai",
    "Mbps": "mê ga bít trên giây", "Mb/s": "mê ga bít trên giây", "Gbps": "gi ga bít trên giây",
    "kbps": "ki lô bít trên giây", "dB": "đề xi ben", "dBA": "đề xi ben a", "cal": "ca lo",
    "kcal": "ki lô ca lo", "Kcal": "ki lô ca lo", "J": "giun", "kJ": "ki lô giun", "Pa": "pát can",
    "kPa": "ki lô pát can", "hPa": "héc tô pát can", "MPa": "mê ga pát can",
    "mmHg": "mi li mét thủy ngân", "mmol": "mi li mol", "ppm": "phần triệu", "CV": "mã lực",
    "HP": "mã lực", "hp": "mã lực", "s": "giây", "ms": "mi li giây", "ph": "phút", "h": "giờ",
    "inch": "in", "ft": "phít", "px": "píc xen", "MP": "mê ga píc xen",
    "DWT": "tấn trọng tải", "%": "phần trăm",
    "‰": "phần nghìn", "tr": "triệu", "Tr": "triệu", "k": "nghìn", "K": "nghìn",
}  # fmt: skip

CURRENCIES = {
    "đ": "đồng", "Đ": "đồng", "₫": "đồng", "đồng": "đồng", "VNĐ": "đồng", "vnđ": "đồng",
    "VND": "đồng", "vnd": "đồng", "$": "đô la", "US$": "đô la Mỹ", "USD": "đô la Mỹ",
    "usd": "đô la Mỹ", "€": "ơ rô", "EUR": "ơ rô", "Euro": "ơ rô", "euro": "ơ rô", "£": "bảng Anh",
    "GBP": "bảng Anh", "¥": "yên", "JPY": "yên Nhật", "CNY": "nhân dân tệ", "RMB": "nhân dân tệ",
    "NDT": "nhân dân tệ", "₩": "uôn", "KRW": "uôn", "THB": "bạt", "SGD": "đô la Singapore",
    "AUD": "đô la Úc", "CAD": "đô la Canada", "HKD": "đô la Hồng Kông", "CHF": "phrăng Thụy Sĩ",
    "LAK": "kíp", "RUB": "rúp", "trđ": "triệu đồng", "tr.đ": "triệu đồng",
    "Trđ": "triệu đồng", "Tr.đ": "triệu đồng", "Tr.Đ": "triệu đồng", "tr đồng": "triệu đồng",
    "tr đ": "triệu đồng", "tỷđ": "tỷ đồng",
}  # fmt: skip

# "$" before a number in Vietnamese copy is the American dollar.
DOLLAR = "đô la Mỹ"
MAGNITUDES = ("trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ")
# What stands under a price or rate without being a unit with a sign of its own.
TIME_AND_COUNT = (
    "giờ", "phút", "giây", "ngày", "đêm", "tuần", "tháng", "quý", "vụ", "năm", "lần", "ca", "buổi",
    "người", "hộ", "con", "cái", "chiếc", "bộ", "suất", "lượt", "khách", "vé", "tấn", "tạ", "yến",
    "lít", "sào", "công", "mẫu", "thửa", "căn", "phòng", "trẻ", "học sinh", "sinh viên", "em",
    "cháu", "gói", "hộp", "bao", "thùng", "chai", "lon", "quả", "trái", "cây", "bó", "kíp", "mét",
    "chuyến", "lao động", "đầu người", "cặp", "đôi", "xe", "tàu", "kỳ", "học kỳ", "khóa", "môn",
    "giờ học", "ki-lô-gam", "kilôgam", "héc ta", "hecta", "hécta", "lượng", "chỉ", "thùng",
    "phiếu", "trang", "đơn vị", "mô hình", "dự án", "xã", "thôn", "gia đình", "nhân khẩu", "khẩu",
    "suất ăn", "bữa", "lớp", "giáo viên", "trường", "nhóm", "mâm", "thành viên", "cán bộ",
    "bác sĩ", "toa", "cổ phiếu", "bài", "tác phẩm", "sản phẩm", "đợt", "tổ", "lồng", "ao", "gốc",
    "bụi", "nhà", "vòng", "mũi", "liều", "bệnh nhân", "giường", "ml", "ngàn dân", "vạn dân", "dân",
    "bàn", "tập", "cuốn", "ký", "cân", "công lao động", "đêm diễn", "show", "trận", "bàn thắng",
)  # fmt: skip
