"""A language tag such as "vi" or "en-GB" into the three-letter code that ID3 knows."""

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
_THREE_LETTERS = {code[:2]: code[2:] for code in _CODES.split()}
UNKNOWN = "XXX"
"""What ID3v2.4 (4.2, 4.8) asks for where the language is not known."""


def iso_639_2(language: str) -> str:
    """Give the ISO 639-2/T code of a language tag (BCP 47), "XXX" when there is none."""
    main = language.split("-")[0].lower()
    if len(main) == 3 and main.isascii() and main.isalpha():
        return main
    return _THREE_LETTERS.get(main, UNKNOWN)
