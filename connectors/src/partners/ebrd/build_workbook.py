#!/usr/bin/env python3
"""Writes fixtures/ebrd-investments-1991-2025.xlsx, in the layout of the bank's yearly investments workbook.

No edition of the workbook is at hand, so this one is authored: it holds only operations in Ukraine for which a public
source states a signed amount in euro and the day of signing. Run it in this folder after a change; it always writes the
same bytes.
"""

import datetime
import zipfile
from xml.sax.saxutils import escape

# Name as in the project list, sector, day of signing, euro, class, and where the signature was seen.
ROWS = [
    # Sovereign agreements of both lenders signed on 11 December 2017: reports of the Ukrainian radio (nrcu.gov.ua) on the
    # metro, and the project page for the amount.
    ("Kharkiv Metro Extension", "Municipal & Env Inf", datetime.date(2017, 12, 11), 160_000_000, "STATE"),
    # Signing reported on 26 February 2021: https://en.interfax.com.ua/news/economic/726674.html
    ("UPTF2 - Kyiv City Transport II: Metro", "Municipal & Env Inf", datetime.date(2021, 2, 26), 50_000_000, "STATE"),
]

COLUMNS = [
    "Operation Name", "Country", "Sector", "Original Signing Date", "EBRD Finance", "EBRD Finance - Debt",
    "EBRD Finance - Equity", "EBRD Finance - Guarantee", "Portfolio Class", "Direct/Regional",
]


def text(reference, value):
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def number(reference, value, style=0):
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def row(line, cells):
    return f'<row r="{line}">' + "".join(cells) + "</row>"


def sheet():
    lines = [row(1, [text("A1", "EBRD investments 1991-2025 (authored)")])]
    lines.append(row(6, [text(f"{chr(65 + position)}6", name) for position, name in enumerate(COLUMNS)]))
    line, total = 7, 0
    for name, sector, signed, euro, group in ROWS:
        days = (signed - datetime.date(1899, 12, 30)).days
        lines.append(row(line, [
            text(f"A{line}", name), text(f"B{line}", "UKRAINE"), text(f"C{line}", sector), number(f"D{line}", days, 1),
            number(f"E{line}", euro), number(f"F{line}", euro), number(f"G{line}", 0), number(f"H{line}", 0),
            text(f"I{line}", group), text(f"J{line}", "Direct"),
        ]))
        line, total = line + 1, total + euro
    lines.append(row(line, [text(f"A{line}", "Overall - Total"), number(f"E{line}", total), number(f"F{line}", total)]))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def main():
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml":
            f'<Types xmlns="{types}"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels":
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" '
            f'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml":
            f'<workbook xmlns="{spreadsheet}" xmlns:r="{office}"><sheets>'
            f'<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/>'
            f'</Relationships>',
        "xl/styles.xml":
            f'<styleSheet xmlns="{spreadsheet}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
            f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            f'<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet(),
    }
    with zipfile.ZipFile("fixtures/ebrd-investments-1991-2025.xlsx", "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            workbook.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content)


main()
