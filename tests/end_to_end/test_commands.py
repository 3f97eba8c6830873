import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command import test
from command.main import GROUPS, main, overview
from command.programs import ROOT, antrean, environment
from tests.halls import run


def test_alone_it_lists_what_it_can_do():
    done = run()
    assert done.returncode == 0
    for title, commands in GROUPS:
        assert title in done.stdout
        for command in commands:
            assert f"./antrean {command.word}" in done.stdout


def test_every_command_explains_itself():
    for _, commands in GROUPS:
        for command in commands:
            # demo and the printer have command lines of their own; setup is the script's.
            if command.word not in ("setup", "demo", "printer"):
                done = run(*command.word.split(), "--help")
                assert done.returncode == 0, command.word
                assert "usage: antrean" in done.stdout, command.word


def test_a_word_that_is_not_known_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]):
    assert main(["srve", "x"]) == 2
    assert "did you mean 'serve'?" in capsys.readouterr().err
    assert main(["quux"]) == 2


def test_it_starts_quickly():
    def fastest(words: list[str]) -> float:
        def once() -> float:
            started = time.perf_counter()
            subprocess.run(words, env={**os.environ, **environment()}, capture_output=True, check=True)
            return time.perf_counter() - started

        return min(once() for _ in range(5))

    assert fastest(antrean()) - fastest([sys.executable, "-c", ""]) < 0.3


def test_the_overview_fits_a_terminal():
    assert max(map(len, overview().splitlines())) <= 110


@pytest.mark.parametrize("word", ["serve", "broker", "hub", "check", "device list"])
def test_a_directory_that_is_no_hall_is_refused_with_what_to_do(word: str, tmp_path: Path):
    for wrong in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        (tmp_path / "file").write_text("")
        done = run(*word.split(), str(wrong))
        assert done.returncode == 1
        assert str(wrong) in done.stderr
        assert "./antrean hall new" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("word", ["kiosk", "display"])
def test_a_device_file_that_is_not_there_is_named(word: str, tmp_path: Path):
    done = run(word, str(tmp_path / f"{word}-9.toml"))
    assert done.returncode == 1
    assert f"{word}-9.toml" in done.stderr
    assert "./antrean device add" in done.stderr


def test_a_check_that_fails_shows_its_output(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(test, "TOOLS", Path("/bin"))
    assert not test.passes("odd", ("sh", "-c", "echo the reason; exit 3"))
    out = capfd.readouterr().out
    assert "odd" in out
    assert "FAILED" in out
    assert "the reason" in out
    assert test.passes("even", ("sh", "-c", "echo not shown"))
    assert "not shown\n" not in capfd.readouterr().out


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_units(tmp_path: Path):
    for unit in (ROOT / "broker_config/units").glob("*.service"):
        # Where the programs will be is not where they are now.
        text = unit.read_text().replace("/opt/antrean/antrean", "/bin/true").replace("/usr/bin/cage", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    units = sorted(tmp_path.glob("*.service"))
    assert len(units) == 4
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_who_stops_reading_sees_no_traceback():
    with subprocess.Popen(
        antrean(), env={**os.environ, **environment()}, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(10) == 0
