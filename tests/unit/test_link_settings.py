"""A device's own file becomes what its link needs."""

from pathlib import Path

from assets.device_file import read_device_file
from link.settings import settings_of

FILE = """
hall = "mpp"
[device]
id = "kiosk-1"
role = "kiosk"
password = "secret"
[broker]
host = "10.0.0.5"
port = 8883
tls = true
ca = "../broker/ca.pem"
"""


def test_the_authoritys_certificate_is_told_relative_to_the_device_file(tmp_path: Path) -> None:
    path = tmp_path / "devices" / "kiosk-1.toml"
    path.parent.mkdir()
    path.write_text(FILE)
    settings = settings_of(path, read_device_file(path))
    assert (settings.hall, settings.device, settings.password) == ("mpp", "kiosk-1", "secret")
    assert (settings.host, settings.port, settings.tls) == ("10.0.0.5", 8883, True)
    assert settings.ca == str(tmp_path / "broker" / "ca.pem")
    path.write_text(FILE.replace('ca = "../broker/ca.pem"', ""))
    assert settings_of(path, read_device_file(path)).ca is None
