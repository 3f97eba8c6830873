"""`./antrean ticket preview`: the picture, the lengths, and what is wrong in words."""

import shutil

import pytest
import zxingcpp
from PIL import Image

from command.failing import CommandFailed
from command.hall import EXAMPLE
from command.ticket import run
from kiosk.printing.layout import standard_path


def test_a_preview_shows_a_typical_ticket_and_the_longest_and_says_how_long_they_are(tmp_path, capsys):
    out = tmp_path / "look.png"
    assert run(["preview", "standard-80mm", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    typical, longest = (int(line.split()[1]) for line in said.splitlines()[1:3])
    assert 100 < typical < longest < 400
    with Image.open(out) as picture:
        assert picture.width > 2 * 576
        assert picture.height >= (longest - 12) * 8
        assert len(zxingcpp.read_barcodes(picture)) == 2


def test_other_paper_and_another_language_are_shown_on_request(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["preview", "standard-80mm", "--width", "58", "--language", "en"]) == 0
    with Image.open(tmp_path / "standard-80mm.png") as picture:
        assert 2 * 384 < picture.width < 2 * 576
    assert "58 mm paper, 384 dots" in capsys.readouterr().out


def test_a_hall_whose_pages_no_phone_can_open_gets_no_qr(tmp_path, capsys):
    hall = tmp_path / "hall"
    shutil.copytree(EXAMPLE, hall)
    out = tmp_path / "look.png"
    assert run(["preview", str(standard_path(80)), "--hall", str(hall), "--out", str(out)]) == 0
    assert "no QR" in capsys.readouterr().out
    with Image.open(out) as picture:
        assert not zxingcpp.read_barcodes(picture)


def test_what_is_wrong_is_said_in_words(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text('[paper]\nwidth_mm = 80\nmargin_mm = 1\nblocks = [{ show = "nummer" }, { show = "text" }]\n')
    with pytest.raises(CommandFailed, match=r'(?s)did you mean "number".*is missing'):
        run(["preview", str(file)])
    with pytest.raises(CommandFailed, match="there is no language 'xx'; there are: "):
        run(["preview", "standard-58mm", "--language", "xx", "--out", str(tmp_path / "x.png")])
    with pytest.raises(CommandFailed, match="could not be written"):
        run(["preview", "standard-58mm", "--out", str(tmp_path / "no" / "x.png")])
