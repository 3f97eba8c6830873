"""What a technician's machine refuses (a right, a full disk) is one plain sentence of the command's, and no traceback."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from broker_config.register import read_register
from broker_config.settings import read_broker_of_hall
from command import serve
from command.failing import in_words
from command.main import main
from tests.halls import new_hall


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_right_that_is_lacking_or_a_full_disk_is_told_in_one_line(
    number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_: list[str]) -> int:
        raise OSError(number, os.strerror(number), "hall/broker/serve.lock")

    monkeypatch.setattr(serve, "run", refused)
    assert main(["serve", "hall"]) == 1
    assert capsys.readouterr().err == f"antrean serve: hall/broker/serve.lock: {os.strerror(number)}\n"


def test_a_fault_of_ours_stays_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(_: list[str]) -> int:
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(serve, "run", wrong)
    with pytest.raises(OSError, match="Bad file"):
        main(["serve", "hall"])


def test_a_copy_that_failed_is_told_by_its_first_file() -> None:
    words = in_words(shutil.Error([("from/a.toml", "to/a.toml", "No space left on device"), ("b", "c", "d")]))
    assert words == "from/a.toml could not be copied to to/a.toml: No space left on device"


def test_a_folder_that_may_not_be_read_is_no_hall_without_devices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = new_hall(tmp_path / "hall").folder
    settings = read_broker_of_hall(hall)

    def refused(path: object) -> object:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    # As for root nothing is forbidden, both ways of looking into a folder are shut here.
    monkeypatch.setattr(os, "listdir", refused)
    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(PermissionError):
        read_register(hall, settings)
