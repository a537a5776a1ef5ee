"""The sample files that live beside the project, and files made on the spot."""

import csv
from pathlib import Path

import pytest

from desktopapp.exchange.sheets import read_file
from desktopapp.kernel.errors import Refused

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "crm" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample files live beside the project")

ROSTER = [("姓名", "手机", "入职日期"), ("张伟", "13800000002", "2019-07-01"), ("王芳", "13800000003", "2020-03-15")]


def refusal(path, language):
    """The sentence a file is refused with."""
    with pytest.raises(Refused) as no:
        read_file(path)
    assert no.value.field == "file"
    return language.text(no.value.message)


def text_file(folder, rows, encoding="utf-8", separator=",", name="made.csv"):
    """A text file with these rows."""
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def workbook(folder, *sheets, name="made.xlsx"):
    """A workbook with these sheets, each the rows of one."""
    import xlsxwriter

    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(at, column, cell, day)
                    else:
                        sheet.write(at, column, cell)
    return path
