"""A small hall as its owner writes it, for tests that read such files: written whole, then spoilt in one place."""

from pathlib import Path

import pytest

from assets.hall_file import HallFile, read_hall
from assets.reading import BadFile
from contract.halls import ServiceOfAgency

HALL = """
id = "small"
name = { id = "Mal Kecil", en = "Small Hall" }
time_zone = "Asia/Makassar"
languages = ["id", "en"]
day_begins = "06:00"
day_closes = "17:00"

[opening]
[[opening.sessions]]
days = ["monday", "friday"]
begins = "08:00"
ends = "15:00"
[[opening.breaks]]
days = ["friday"]
begins = "11:30"
ends = "13:30"
name = { id = "Salat Jumat" }
[[opening.holidays]]
on = 2026-12-25
name = { id = "Hari Natal" }

[[zones]]
id = "a"
letter = "A"
name = { id = "Zona A" }

[[counters]]
id = "1"
zone = "a"
services = ["kk", "ktp"]
[[counters]]
id = "kasir"
zone = "a"
name = { id = "Kasir", en = "Cashier" }
services = ["skck"]

[[errands]]
id = "surat"
name = { id = "Surat" }
services = ["kk", "skck"]
words.id = ["bikin kk"]
"""

PARTS = """requirements = [{ id = "KTP", note = { id = "asli" } }]
procedure = [{ id = "Serahkan berkas" }]
duration = { id = "1 hari" }
fee = { id = "Gratis" }
product = { id = "Surat" }
complaints = { id = "Meja informasi" }
"""

DISDUK = f"""
id = "disduk"
name = {{ id = "Disduk" }}
zone = "a"
prefix = "K"

[[services]]
id = "kk"
name = {{ id = "Kartu Keluarga" }}
{PARTS}
[[services]]
id = "ktp"
prefix = "KA"
name = {{ id = "KTP" }}
{PARTS}
[services.opening]
quota = 30
[[services.opening.sessions]]
days = ["monday"]
begins = "08:00"
ends = "10:00"
"""

POLRES = f"""
id = "polres"
name = {{ id = "Polres" }}
zone = "a"
prefix = "R"

[[services]]
id = "skck"
name = {{ id = "SKCK" }}
{PARTS}
"""


def write_hall(folder: Path) -> Path:
    """The small hall's files in an empty folder."""
    (folder / "agencies").mkdir()
    (folder / "hall.toml").write_text(HALL)
    (folder / "agencies" / "disduk.toml").write_text(DISDUK)
    (folder / "agencies" / "polres.toml").write_text(POLRES)
    return folder


def change(hall: Path, name: str, old: str, new: str) -> None:
    path = hall / name
    text = path.read_text()
    assert old in text, f"{old!r} is not in {name}: this test would test nothing"
    path.write_text(text.replace(old, new, 1))


def problems(hall: Path) -> list[str]:
    """What is said, each with its file's name and without its folder."""
    with pytest.raises(BadFile) as caught:
        read_hall(hall)
    return [str(problem).replace(f"{hall}/", "").replace("agencies/", "") for problem in caught.value.problems]


def service(file: HallFile, name: str) -> ServiceOfAgency:
    return next(one for agency in file.agencies for one in agency.services if one.id == name)
