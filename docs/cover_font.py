"""Makes the fonts of drawn covers: the letters that are needed, kerned as the oldest readers can.

    python docs/cover_font.py BeVietnamPro-Medium.ttf src/broadcast/feed/artwork/fonts/medium.ttf

It needs fontTools. Pillow kerns by the table "kern" alone where it lays out the same everywhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

from broadcast.feed.artwork.letters import LETTERS

MOST_PAIRS = 10_000  # in one table of format 0
LEAST_UNITS = 12  # of a thousand: less is not seen


def pairs(font: TTFont) -> Iterator[tuple[tuple[str, str], int]]:
    """Give the glyphs that are set closer or wider than their widths, and by how much."""
    gpos = font["GPOS"].table
    lookups = {
        index
        for record in gpos.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(lookups):
        for table in gpos.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            first_glyphs = table.Coverage.glyphs
            if table.Format == 1:
                for first, pair_set in zip(first_glyphs, table.PairSet, strict=True):
                    for record in pair_set.PairValueRecord:
                        yield (first, record.SecondGlyph), record.Value1.XAdvance or 0
                continue
            for first in first_glyphs:
                row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)].Class2Record
                for second in font.getGlyphOrder():
                    value = row[table.ClassDef2.classDefs.get(second, 0)].Value1
                    yield (first, second), (value.XAdvance or 0) if value else 0


def add_breves(font: TTFont) -> None:
    """Add the letters of the Central Highlands that the font leaves out, from e, i, o, u."""
    names, shapes = font.getBestCmap(), font["glyf"]
    bow = shapes["breve"]
    for letter, base in zip("ĕĭŏŭĔĬŎŬ", "eıouEIOU", strict=True):
        under, name = shapes[names[ord(base)]], f"uni{ord(letter):04X}"
        rise = font["OS/2"].sCapHeight - font["OS/2"].sxHeight if base.isupper() else 0
        across = (under.xMin + under.xMax - bow.xMin - bow.xMax) // 2
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent(names[ord(base)], (1, 0, 0, 1, 0, 0))
        pen.addComponent("breve", (1, 0, 0, 1, across, rise))
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        shapes[name] = pen.glyph()
        font["hmtx"][name] = font["hmtx"][names[ord(base)]]
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(letter)] = name


def main(source: Path, target: Path) -> None:
    """Write the subset of a font."""
    font = TTFont(source)
    add_breves(font)
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    chosen = subset.Subsetter(options)
    chosen.populate(text="".join(sorted(LETTERS)))
    chosen.subset(font)
    kerned: dict[tuple[str, str], int] = {}
    for pair, units in pairs(font):
        kerned.setdefault(pair, units)
    table = newTable("kern")
    table.version = 0
    subtable = KernTable_format_0()
    subtable.apple = False
    subtable.coverage = 1
    subtable.version = 0
    kept = sorted(
        (pair for pair, units in kerned.items() if abs(units) >= LEAST_UNITS),
        key=lambda pair: (-abs(kerned[pair]), pair),
    )[:MOST_PAIRS]
    subtable.kernTable = {pair: kerned[pair] for pair in sorted(kept)}
    table.kernTables = [subtable]
    for name in ("GPOS", "GSUB", "GDEF"):
        if name in font:
            del font[name]
    font["kern"] = table
    font.recalcTimestamp = False
    font.save(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
