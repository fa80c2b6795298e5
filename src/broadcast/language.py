"""A language as people write it ("VI", "vi_VN", "tiếng Việt") → a value that has its BCP 47 tag.

The codes and names stand here because a library costs more than it knows: langcodes with its names
takes 115 ms to import (a build with nothing to do takes 170 ms) and 36 MB, and has neither "tieng
Viet" nor "tiếng Chăm". The tests hold the codes against it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

T = TypeVar("T")
D = TypeVar("D")

# Two letters (ISO 639-1) and the three that follow them (ISO 639-2/T).
_CODES = """
    aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul
    bhbih bibis bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv
    cycym dadan dedeu dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin
    fjfij fofao frfra fyfry gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv
    hthat huhun hyhye hzher iaina idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn
    jvjav kakat kgkon kikik kjkua kkkaz klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor
    kykir lalat lbltz lglug lilim lnlin lolao ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal
    mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde nenep ngndo nlnld nnnno nonor nrnbl nvnav
    nynya ococi ojoji omorm orori ososs papan pipli plpol pspus ptpor quque rmroh rnrun roron
    rurus rwkin sasan scsrd sdsnd sesme sgsag sisin skslk slslv smsmo snsna sosom sqsqi srsrp
    ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir tktuk tltgl tntsn toton trtur
    tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol wawln wowol xhxho yiyid
    yoyor zazha zhzho zuzul
"""
# Codes that stand for another: of libraries (ISO 639-2/B), and of earlier editions of the standard.
_OTHER_CODES = """
    albsq armhy baqeu burmy chizh czecs dutnl frefr geoka gerde greel iceis macmk maomi mayms
    perfa rumro slosk tibbo welcy iwhe inid jiyi jwjv moro
"""
# Languages that have three letters alone: those of ISO 639-2, then those spoken in Viet Nam and
# those that engines speak. Anything else of three letters is sooner a slip than one of the 7,000
# others; who needs one of them has the private codes qaa to qtz.
_THREE_LETTERS_ALONE = """
    ace ach ada ady afh ain akk ale alt ang anp arc arn arp arw ast awa bal ban bas bej bem bho bik
    bin bla bra bua bug byn cad car ceb chb chg chk chm chn cho chp chr chy cnr cop crh csb dak dar
    del den dgr din doi dsb dua dum dyu efi egy eka elx enm ewo fan fat fil fon frm fro frr frs fur
    gaa gay gba gez gil gmh goh gon gor got grb grc gsw gwi hai haw hil him hit hmn hsb hup iba ilo
    inh jbo jpr jrb kaa kab kac kam kaw kbd kha kho kmb kok kos kpe krc krl kru kum kut lad lah lam
    lez lol loz lua lui lun luo lus mad mag mai mak man mas mdf mdr men mga mic min mnc mni moh mos
    mus mwl mwr myv nap nds new nia niu nog non nqo nso nwc nym nyn nyo nzi osa ota pag pal pam pap
    pau peo phn pon pro raj rap rar rom rup sad sah sam sas sat scn sco sel sga shn sid sma smj smn
    sms snk sog srn srr suk sus sux syc syr tem ter tet tig tiv tkl tlh tli tmh tog tpi tsi tum tvl
    tyv udm uga umb vai vot wal war was xal yao yap zap zbl zen zgh zun zza
    bdq blt bru cja cjm cma cmo hnj hre ium jra kpm ktv mnn mtq mww nut pac rad roc rog sed sti stt
    twh tyz cmn hak hbs hyw lfn ltg nan wuu yue
"""
# What they are called: in English, in Vietnamese (without "tiếng"), by their speakers; and codes of
# countries that are no language's. What comes first wins where names without marks are the same.
_NAMES = """
    vi: Vietnamese, Việt, Việt Nam, Việt ngữ, phổ thông, Kinh, VN
    en: English, Anh, Anh ngữ, Anh Mỹ
    fr: French, Pháp, français
    ko: Korean, Hàn, Hàn Quốc, Triều Tiên, 한국어
    zh: Chinese, Trung, Trung Quốc, Trung Hoa, Hoa, Hán, Mandarin, 中文, 汉语, 漢語, 普通话, CN
    yue: Cantonese, Quảng Đông, 粵語, 廣東話
    ja: Japanese, Nhật, Nhật Bản, 日本語, JP
    ru: Russian, Nga, русский
    th: Thai, Thái, Thái Lan, ไทย, ภาษาไทย
    lo: Lao, Lào, ລາວ, ພາສາລາວ
    km: Khmer, Khơ Me, Khmer Nam Bộ, Campuchia, Cambodian, ខ្មែរ, ភាសាខ្មែរ
    my: Burmese, Miến Điện, Myanmar, မြန်မာ
    id: Indonesian, Indonesia, bahasa Indonesia
    ms: Malay, Mã Lai, Malaysia, bahasa Melayu, bahasa Malaysia
    fil: Filipino, Philippines
    tl: Tagalog, Tagalog
    es: Spanish, Tây Ban Nha, español, castellano
    pt: Portuguese, Bồ Đào Nha, português
    de: German, Đức, Deutsch
    it: Italian, Ý, Italia, italiano
    nl: Dutch, Hà Lan, Nederlands
    pl: Polish, Ba Lan, polski
    cs: Czech, Séc, Tiệp, čeština, česky
    uk: Ukrainian, Ukraina, Ukraine, українська
    tr: Turkish, Thổ Nhĩ Kỳ, Türkçe
    hi: Hindi, Hindi, Ấn Độ, हिन्दी
    sv: Swedish, Thụy Điển, svenska
    da: Danish, Đan Mạch, dansk
    no: Norwegian, Na Uy, norsk
    fi: Finnish, Phần Lan, suomi
    hu: Hungarian, Hung-ga-ri, magyar
    ro: Romanian, Ru-ma-ni, română
    bg: Bulgarian, Bun-ga-ri, български
    el: Greek, Hy Lạp, ελληνικά
    he: Hebrew, Do Thái, עברית
    fa: Persian, Ba Tư, فارسی
    mn: Mongolian, Mông Cổ, монгол
    ne: Nepali, Nê-pan, नेपाली
    bn: Bengali, Bengal, বাংলা
    la: Latin, La-tinh
    ar: Arabic, Ả Rập, العربية
    hmn: Hmong, Mông, H'Mông
    cjm: Cham, Chăm, Chàm
    tyz: Tày, Tày
    nut: Nùng, Nùng
    mtq: Muong, Mường
    blt: Tai Dam, Thái Đen
    ium: Mien, Dao
    rad: Rade, Ê Đê
    jra: Jarai, Gia Rai, J'rai
    bdq: Bahnar, Ba Na
    sed: Sedang, Xơ Đăng, Xê Đăng
    kpm: Koho, K'Ho, Cơ Ho
    mnn: Mnong, M'Nông
    rog: Roglai, Ra Glai
    hre: Hre, H'rê
    ktv: Katu, Cơ Tu
"""

_TO_THREE = {code[:2]: code[2:] for code in _CODES.split()}
_KNOWN = {
    **{two: two for two in _TO_THREE},
    **{three: two for two, three in _TO_THREE.items()},
    **{code[:-2]: code[-2:] for code in _OTHER_CODES.split()},
    **{code: code for code in _THREE_LETTERS_ALONE.split()},
}
# RFC 5646 section 2.1, in small letters, without the extended forms that have codes of their own.
# Compiled when first needed, for it takes a millisecond and most tags are a bare code.
_TAG = (
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?)"
)
_PRIVATE = "q[a-t][a-z]"
_ENCODING = "[.@].*"  # vi_VN.UTF-8, as systems name it


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 tag: vi, en-GB, zh-Hant-TW."""

    tag: str

    @staticmethod
    def of(written: str) -> Language:
        """Give the language that somebody means by a code or a name of it.

        Raises ValueError for what is no language.
        """
        found = _tagged(written) or _named(written)
        if found is None:
            raise ValueError(f"{written!r} is not a language")
        return found

    @staticmethod
    def tagged(tag: str) -> Language:
        """Give the language of a record's or an engine's tag, known or not; no names are read."""
        return _tagged(tag) or Language(tag.replace("_", "-").lower())

    @property
    def primary(self) -> str:
        """The language alone, without script, region or dialect: vi of vi-VN."""
        return self.tag.partition("-")[0]

    @property
    def parents(self) -> tuple[Language, ...]:
        """The languages this one is a form of, nearest first: zh-Hant and zh of zh-Hant-TW.

        Lookup of RFC 4647 section 3.4.
        """
        parts = self.tag.split("-")
        return tuple(
            Language("-".join(parts[:length]))
            for length in range(len(parts) - 1, 0, -1)
            if length == 1 or len(parts[length - 1]) > 1
        )

    @property
    def three_letters(self) -> str | None:
        """The code of ISO 639-2/T or 639-3, None where the tag holds none."""
        primary = self.primary
        return _TO_THREE.get(primary, primary if re.fullmatch("[a-z]{3}", primary) else None)

    @property
    def name(self) -> str:
        """What it is called in English, its tag where no name is known."""
        return self.name_in(Language("en"))

    def name_in(self, spoken: Language) -> str:
        """Give what it is called in Vietnamese, or in English; its tag where no name is known."""
        names = _called().get(self.primary)
        if names is None:
            return self.tag
        return f"tiếng {names[1]}" if spoken.primary == "vi" else names[0]


def for_language(table: Mapping[str, T], language: str, default: D) -> T | D:
    """Give what a table by tags has for a language: its own, else its nearest parent's."""
    wanted = Language.tagged(language)
    for one in (wanted, *wanted.parents):
        if one.tag in table:
            return table[one.tag]
    return default


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language, in whatever script, region or dialect."""
    return Language.tagged(one).primary == Language.tagged(other).primary


def nearest_to(written: str) -> Language | None:
    """Give the language that somebody most likely meant by what nobody understands."""
    import difflib  # only where something is wrong

    whole = _key(written)
    for name in (whole, whole.partition(" ")[2]):  # the slip may be in "tiếng"
        if close := difflib.get_close_matches(name, _names(), 1, 0.75):
            return Language(_names()[close[0]])
    return None


@lru_cache(maxsize=256)
def _tagged(written: str) -> Language | None:
    if written in _KNOWN:
        return Language(_KNOWN[written])
    found = re.fullmatch(_TAG, re.sub(_ENCODING, "", written.strip()).replace("_", "-").lower())
    if found is None:
        return None
    language, script, region, rest = found.group("language", "script", "region", "rest")
    known = _KNOWN.get(language) or (language if re.fullmatch(_PRIVATE, language) else None)
    if known is None:
        return None
    # ISO 3166 keeps UK for the United Kingdom, and BCP 47 has GB alone.
    region = {"uk": "GB"}.get(region, region.upper()) if region else None
    return Language("-".join(filter(None, (known, script and script.title(), region))) + rest)


def _named(written: str) -> Language | None:
    tag = _names().get(_key(written))
    return None if tag is None else Language(tag)


def _key(name: str) -> str:
    """Give a name as names are compared: in small letters, without "tiếng" and apostrophes."""
    small = unicodedata.normalize("NFC", name).casefold()
    words = re.sub(r"['’‘`]", "", small).replace("-", " ").replace("_", " ").split()
    if len(words) > 1 and words[0] in ("tiếng", "tieng"):
        del words[0]
    return " ".join(words)


def _without_marks(name: str) -> str:
    parts = unicodedata.normalize("NFD", name.replace("đ", "d"))
    return unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f]", "", parts))


@cache
def _names() -> dict[str, str]:
    """The tags of all names, and of their forms without marks: "tieng Anh" is typed as often."""
    names = [
        (_key(name), tag.strip())
        for line in _NAMES.strip().splitlines()
        for tag, _, called in [line.partition(":")]
        for name in called.split(",")
    ]
    unmarked = [(_without_marks(name), tag) for name, tag in names]
    return dict(reversed(names + unmarked))


@cache
def _called() -> dict[str, list[str]]:
    lines = (line.partition(":") for line in _NAMES.strip().splitlines())
    return {tag.strip(): [name.strip() for name in called.split(",")] for tag, _, called in lines}
