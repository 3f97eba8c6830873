from pathlib import Path

import pytest

from assets.device_file import BrokerSection, DeviceFile, DeviceSection, read_device_file
from assets.reading import BadFile
from contract.names import DeviceId

KIOSK = """hall = "mpp-kukar"

[device]
id = "kiosk-1"
role = "kiosk"
password = "secret"

[broker]
host = "127.0.0.1"
port = 1883

[printer]
kind = "network"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kiosk-1.toml"
    path.write_text(KIOSK)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_device_file(path)
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_a_device_file_is_read_and_a_programs_own_sections_are_left_to_it(path):
    assert read_device_file(path) == DeviceFile(
        hall=DeviceId("mpp-kukar"),
        device=DeviceSection(id=DeviceId("kiosk-1"), role="kiosk", password="secret"),
        broker=BrokerSection(host="127.0.0.1", port=1883),
    )


def test_a_misspelled_section_is_told_by_what_was_written(path):
    path.write_text(KIOSK.replace("[device]", "[devise]"))
    assert problems(path) == ['1: device: is missing (you wrote "devise")']


def test_every_mistake_is_told_at_once(path):
    text = KIOSK.replace('"kiosk"', '"kosk"').replace("1883", "88888").replace("password", "pasword")
    path.write_text(text.replace('hall = "mpp-kukar"', 'hall = "MPP"'))
    said = problems(path)
    assert [one.split(": ")[1] for one in said] == [
        "hall",
        "device.password",
        "device.role",
        "device.pasword",
        "broker.port",
    ]
    assert 'did you mean "kiosk"?' in said[2]


def test_a_counter_pad_without_its_counter_is_refused(path):
    path.write_text(KIOSK.replace('role = "kiosk"', 'role = "counter"'))
    (problem,) = problems(path)
    assert problem.startswith("3: device.counter: is missing")


def test_a_counter_pad_with_its_counter_is_read(path):
    path.write_text(KIOSK.replace('role = "kiosk"', 'role = "counter"\ncounter = "loket-3"'))
    assert read_device_file(path).device.counter == "loket-3"


def test_a_program_refuses_the_file_of_a_device_of_another_role(path):
    assert read_device_file(path, "kiosk").device.role == "kiosk"
    with pytest.raises(BadFile) as caught:
        read_device_file(path, "display")
    (problem,) = caught.value.problems
    assert (problem.line, problem.key) == (5, "device.role")
    assert problem.what == 'is "kiosk": this program is for a device of the role "display"'
