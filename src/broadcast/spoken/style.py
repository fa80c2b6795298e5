"""How a station says what can be said in more than one way: settings → Style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal, get_args, get_type_hints

from broadcast.errors import BroadcastError
from broadcast.messages import Message


@dataclass(frozen=True, slots=True)
class Style:
    """One choice for each thing that Vietnamese newsreaders say in more than one way.

    thousand          1.000: "một nghìn" or "một ngàn"
    zero_tens         105: "một trăm linh năm" or "một trăm lẻ năm"
    four              24: "hai mươi tư" or "hai mươi bốn"
    year_hundreds     2024: "hai nghìn không trăm hai mươi tư", or false: "hai nghìn hai mươi tư"
    ranges            10-15: "mười đến mười lăm", "mười tới mười lăm", or with a pause alone
    minutes           7h30: "bảy giờ ba mươi", or true: "bảy giờ ba mươi phút"
    house_slash       số nhà 15/3: "mười lăm xuyệt ba", "xẹt", "trên" or "gạch chéo"
    price_per         đồng/kg: "đồng một ki lô gam" or "đồng trên ki lô gam"
    document_letters  NQ/TW: "spelled" (nờ quy, tê vê kép) or "expanded" (nghị quyết, trung ương)
    letter_names      names of single letters where the station's own differ, {"S": "ét xì"}
    """

    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    zero_tens: Literal["linh", "lẻ"] = "linh"
    four: Literal["tư", "bốn"] = "tư"
    year_hundreds: bool = True
    ranges: Literal["đến", "tới", "pause"] = "đến"
    minutes: bool = False
    house_slash: Literal["xuyệt", "xẹt", "trên", "gạch chéo"] = "xuyệt"
    price_per: Literal["một", "trên"] = "một"
    document_letters: Literal["spelled", "expanded"] = "spelled"
    letter_names: Mapping[str, str] = field(default_factory=dict, hash=False)


northern = Style()
southern = Style(thousand="ngàn", zero_tens="lẻ", four="bốn", house_slash="xẹt")

PRESETS: Mapping[str, Style] = {"northern": northern, "southern": southern}


def style_from(settings: Mapping[str, object]) -> Style:
    """Give the Style that a station's settings describe.

    ``settings`` holds any field of Style, and ``preset`` ("northern" or "southern"), which the
    fields are changes to. Raises BroadcastError naming the setting and what it may be.
    """
    preset = settings.get("preset", "northern")
    if not isinstance(preset, str) or preset not in PRESETS:
        raise BroadcastError(
            Message(
                "style.preset-unknown",
                'The reading style "{preset}" is not known.',
                preset=str(preset),
            ),
            hint=Message("style.presets", "preset can be: {presets}.", presets=tuple(PRESETS)),
        )
    style = PRESETS[preset]
    known = [each.name for each in fields(Style)]
    for name, value in settings.items():
        if name == "preset":
            continue
        if name not in known:
            raise BroadcastError(
                Message(
                    "style.setting-unknown",
                    'There is no reading setting called "{setting}".',
                    setting=name,
                ),
                hint=Message(
                    "style.settings",
                    "The settings are: {settings}.",
                    settings=("preset", *known),
                ),
            )
        style = replace(style, **{name: _checked(name, value)})  # type: ignore[arg-type]
    return style


def _checked(name: str, value: object) -> object:
    kind = get_type_hints(Style)[name]
    if name == "letter_names":
        if isinstance(value, Mapping) and all(
            isinstance(part, str) for pair in value.items() for part in pair
        ):
            return {str(letter).upper(): str(said) for letter, said in value.items()}
        raise BroadcastError(
            Message("style.letter-names", "letter_names must give words for letters."),
            hint=Message("style.letter-names.hint", 'For example: {{ "S" = "ét xì" }}.'),
        )
    choices: tuple[object, ...] = (True, False) if kind is bool else get_args(kind)
    if any(value is choice or (value == choice and kind is not bool) for choice in choices):
        return value
    said = tuple(str(choice).lower() if kind is bool else str(choice) for choice in choices)
    raise BroadcastError(
        Message(
            "style.choice-unknown",
            'The reading setting {setting} cannot be "{value}".',
            setting=name,
            value=str(value),
        ),
        hint=Message("style.choices", "Use: {choices}.", choices=said),
    )
