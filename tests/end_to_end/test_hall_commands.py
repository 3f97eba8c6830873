import os
import shlex
import shutil
import socket
import stat
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assets.device_file import read_device_file
from assets.hall_file import read_hall
from command import check, device, hall
from command.failing import CommandFailed
from command.main import main
from contract.opening import Given, availability
from tests.halls import Hall, free_port, new_hall, run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "hall"
    assert main(["hall", "new", str(folder), "--always-open", "--port", str(free_port())]) == 0
    return folder


@pytest.fixture
def practice(made: Path, tmp_path: Path) -> Hall:
    """A copy of the made hall, to be spoilt."""
    folder = tmp_path / "hall"
    shutil.copytree(made, folder)
    return Hall(folder, tomllib.loads((folder / "hall.toml").read_text())["broker"]["port"])


def test_a_new_hall_is_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "deep" / "hall"
    assert main(["hall", "new", str(folder), "--port", str(free_port())]) == 0
    capsys.readouterr()
    assert main(["check", str(folder)]) == 0
    assert "is sound" in capsys.readouterr().out
    assert list((folder / "devices").iterdir()) == []


def test_two_halls_have_secrets_and_ports_of_their_own(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        assert main(["hall", "new", str(folder), "--port", str(free_port())]) == 0
    for name in ("broker/hub.toml", "broker/ca.key", "broker/ca.pem", "broker/passwords", "hub.toml"):
        assert (one / name).read_text() != (two / name).read_text(), name
    assert stat.S_IMODE((one / "broker/ca.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((one / "hub.toml").stat().st_mode) == 0o600


def test_what_to_do_next_can_be_copied_also_for_a_folder_with_a_space(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "a hall"
    assert main(["hall", "new", str(folder), "--port", str(free_port())]) == 0
    serve = capsys.readouterr().out.splitlines()[-1]
    assert shlex.split(serve) == ["./antrean", "serve", str(folder)]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "precious").write_text("mine")
    assert main(["hall", "new", str(tmp_path)]) == 1
    assert "is not empty" in capsys.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["precious"]
    assert main(["hall", "new", str(tmp_path / "precious")]) == 1


def test_what_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def no_room(_folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(hall, "_make_secrets", no_room)
    assert main(["hall", "new", str(tmp_path / "hall")]) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["0", "65536", "x", "-1"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path):
    done = run("hall", "new", str(tmp_path / "hall"), "--port", port)
    assert done.returncode == 2
    assert "port" in done.stderr
    assert not (tmp_path / "hall").exists()


def test_a_port_that_is_taken_already_is_told_while_the_hall_is_made(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("hall", "new", str(tmp_path / "hall"), "--port", port)
    assert done.returncode == 0
    assert f"port {port} is taken by process {os.getpid()}" in done.stdout


def test_a_practice_hall_gives_every_service_at_any_time(made: Path):
    file = read_hall(made)
    zone = ZoneInfo(file.hall.time_zone)
    begins = datetime(2028, 2, 28, tzinfo=zone)
    assert (file.hall.day_begins, file.hall.day_closes) == ("00:00", "24:00")
    assert file.rules.issue_without_officer
    for agency in file.agencies:
        for service in agency.services:
            assert service.hand_in_by is None
            for minutes in range(0, 8 * 24 * 60, 97):
                now = begins + timedelta(minutes=minutes)
                there = availability(service.opening, now, Given(100_000, 100_000))
                assert there.open, (service.id, now)
                assert there.left_today is None
            last = availability(service.opening, begins.replace(hour=23, minute=59, second=59), Given())
            assert last.open, service.id


def test_a_practice_hall_differs_from_the_example_in_its_hours_alone(made: Path):
    example, practice = read_hall(hall.EXAMPLE), read_hall(made)
    assert [a.agency for a in practice.agencies] == [a.agency for a in example.agencies]
    for ours, theirs in zip(practice.agencies, example.agencies, strict=True):
        assert [(s.id, s.name, s.prefix, s.requirements) for s in ours.services] == [
            (s.id, s.name, s.prefix, s.requirements) for s in theirs.services
        ]
    assert practice.hall.counters == example.hall.counters


def test_a_device_file_holds_what_the_device_needs(practice: Hall):
    path = practice.add("kiosk-1", "kiosk")
    data = tomllib.loads(path.read_text())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert data["hall"] == read_hall(practice.folder).id
    assert data["device"]["id"] == "kiosk-1"
    assert data["device"]["role"] == "kiosk"
    assert len(data["device"]["password"]) >= 20
    assert data["broker"] == {"host": "127.0.0.1", "port": practice.port, "tls": False, "ca": "../broker/ca.pem"}
    assert (path.parent / data["broker"]["ca"]).is_file()


def test_a_display_has_zones_and_a_pad_has_a_counter(practice: Hall):
    file = read_hall(practice.folder)
    zones, counter = [zone.id for zone in file.hall.zones], file.hall.counters[0].id
    assert read_device_file(practice.add("d-1", "display", "--zones", ",".join(zones[:2]))).device.zones == tuple(
        zones[:2]
    )
    assert read_device_file(practice.add("d-2", "display")).device.zones == tuple(zones)
    assert read_device_file(practice.add("d-3", "display", "--group", "hall-a")).device.group == "hall-a"
    assert read_device_file(practice.add("pad-1", "counter", "--counter", counter)).device.counter == counter


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Kiosk_1", "--role", "kiosk"], "cannot be a device's name"),
        (["../kiosk", "--role", "kiosk"], "cannot be a device's name"),
        (["kiosk\n", "--role", "kiosk"], "cannot be a device's name"),
        (["hub", "--role", "kiosk"], "hub's own name"),
        (["d-1", "--role", "display", "--zones", "a,zz"], "no zone 'zz'"),
        (["pad-1", "--role", "counter"], "--counter"),
        (["pad-1", "--role", "counter", "--counter", "loket-999"], "no counter 'loket-999'"),
        (["kiosk-1", "--role", "kiosk", "--counter", "1", "--zones", "a"], "--zones is for displays"),
        (["kiosk-1", "--role", "kiosk", "--group", "hall-a"], "--group is for displays"),
        (["d-1", "--role", "display", "--group", ""], "1 to 64 letters"),
        (["d-1", "--role", "display", "--group", "a" * 65], "1 to 64 letters"),
    ],
)
def test_a_device_that_does_not_fit_is_refused(practice: Hall, words: list[str], said: str):
    with pytest.raises(CommandFailed, match=said):
        device.run(["add", str(practice.folder), *words])
    assert list((practice.folder / "devices").iterdir()) == []


def test_a_name_that_is_taken_keeps_its_password(practice: Hall):
    path = practice.add("kiosk-1", "kiosk")
    before = path.read_text()
    with pytest.raises(CommandFailed, match="of that name already"):
        practice.add("kiosk-1", "kiosk")
    assert path.read_text() == before


def test_the_list_shows_who_belongs_and_which_files_do_not(practice: Hall, capsys: pytest.CaptureFixture[str]):
    practice.add("kiosk-1", "kiosk")
    capsys.readouterr()
    assert main(["device", "list", str(practice.folder)]) == 0
    assert capsys.readouterr().out.split() == ["kiosk-1", "kiosk"]
    (practice.folder / "devices/odd.toml").write_text("hall = 3")
    assert main(["device", "list", str(practice.folder)]) == 1
    assert "odd.toml" in capsys.readouterr().err


def test_removing_what_is_not_there_names_the_nearest(practice: Hall):
    practice.add("kiosk-1", "kiosk")
    with pytest.raises(CommandFailed, match="kiosk-1"):
        device.run(["remove", str(practice.folder), "kiosk-11"])
    with pytest.raises(CommandFailed):
        device.run(["remove", str(practice.folder), "../hall"])
    assert (practice.folder / "hall.toml").exists()


def test_every_error_is_told_at_once(practice: Hall, capsys: pytest.CaptureFixture[str]):
    practice.add("kiosk-1", "kiosk")
    practice.add("d-1", "display")
    practice.edit("hall.toml", lambda document: document["broker"].update({"prot": 5}))
    practice.edit("devices/kiosk-1.toml", lambda document: document["broker"].update({"port": 1}))
    (practice.folder / "devices/kiosk-1.toml").chmod(0o644)
    practice.edit("devices/d-1.toml", lambda document: document["device"].update({"zones": ["q"]}))
    (practice.folder / "hub.toml").write_text("[desk]\nprt = 1\n")
    spoilt = next((practice.folder / "agencies").glob("*.toml"))
    practice.edit(f"agencies/{spoilt.name}", lambda document: document["services"][0].pop("fee"))
    capsys.readouterr()
    assert main(["check", str(practice.folder)]) == 1
    out = capsys.readouterr().out
    for said in (
        *("hall.toml:", "broker.prot", "hub.toml:2", "desk.prt", f"agencies/{spoilt.name}:", "fee"),
        *("devices/d-1.toml:", 'no zone "q"', "devices/kiosk-1.toml:", "can be read by others"),
    ):
        assert said in out, said
    # Where a device has to look for the broker is only known when [broker] is right.
    practice.edit("hall.toml", lambda document: document["broker"].pop("prot"))
    assert main(["check", str(practice.folder)]) == 1
    out = capsys.readouterr().out
    assert "mqtt://127.0.0.1:1" in out
    assert f"mqtt://127.0.0.1:{practice.port}" in out


@pytest.mark.parametrize(("role", "section"), [("kiosk", "printer"), ("display", "screen")])
def test_what_a_program_would_refuse_in_its_own_section_is_told(practice: Hall, role: str, section: str):
    practice.add("it", role)
    practice.edit("devices/it.toml", lambda document: document.update({section: {"hight": 3}}))
    _, problems = check.look(practice.folder)
    assert [problem.key for problem in problems] == [f"{section}.hight"]


def test_a_device_file_that_others_can_read_is_told(practice: Hall):
    practice.add("kiosk-1", "kiosk").chmod(0o644)
    _, problems = check.look(practice.folder)
    assert any("chmod 600" in str(problem) for problem in problems)


def test_a_taken_port_is_told_and_that_of_the_running_broker_is_not(practice: Hall):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", practice.port))
        taken.listen()
        _, problems = check.look(practice.folder)
    assert [problem.key for problem in problems] == ["broker.port"]


def test_an_officers_page_that_others_could_reach_is_told(practice: Hall):
    own = practice.folder / "hub.toml"
    before = own.read_text()
    own.write_text('[desk]\nhost = "0.0.0.0"\nport = 0\n')
    try:
        _, problems = check.look(practice.folder)
    finally:
        own.write_text(before)
    assert [problem.key for problem in problems] == ["desk.host"]


@pytest.mark.broker
def test_a_running_hall_is_still_sound(tmp_path: Path):
    hall = new_hall(tmp_path / "hall")
    port = free_port()
    hall.edit("hub.toml", lambda document: document["desk"].update({"port": port}))
    with hall.program("serve") as serve:
        serve.ready(20)
        assert check.look(hall.folder)[1] == ()
