"""Stand-ins of CUPS' own three programs, which keep their queue in a folder and print to an emulated printer."""

import os
import stat
import sys
from pathlib import Path

import pytest

LP = """\
import os, pathlib, signal, socket, sys
home = pathlib.Path(os.environ["CUPS_STAND_IN"])
words = sys.argv[1:]
(home / "calls").open("a").write(" ".join(["lp", *words]) + "\\n")
if (home / "lp-hangs").exists():
    signal.pause()
if words[words.index("-d") + 1] != "ticket":
    sys.exit('lp: The printer or class does not exist.')
job = sys.stdin.buffer.read()
(home / "jobs" / "ticket-7").write_bytes(job)
print("request id is ticket-7 (1 file(s))")
if not (home / "stuck").exists():
    with socket.create_connection(("127.0.0.1", int((home / "port").read_text()))) as printer:
        printer.sendall(job)
    (home / "jobs" / "ticket-7").unlink()
"""
LPSTAT = """\
import os, pathlib, signal, sys
home = pathlib.Path(os.environ["CUPS_STAND_IN"])
words = sys.argv[1:]
if (home / "lpstat-hangs").exists():
    signal.pause()
if "ticket" not in words:
    sys.exit('lpstat: Invalid destination name in list.')
if "-o" in words:
    for job in sorted((home / "jobs").iterdir()):
        print(f"{job.name}  kiosk  {job.stat().st_size}  Tue Nov 24 08:12:00 2026")
else:
    print((home / "state").read_text())
"""
CANCEL = """\
import os, pathlib, sys
home = pathlib.Path(os.environ["CUPS_STAND_IN"])
(home / "calls").open("a").write(" ".join(["cancel", *sys.argv[1:]]) + "\\n")
(home / "jobs" / sys.argv[1]).unlink()
"""
IDLE = "printer ticket is idle.  enabled since Tue Nov 24 07:00:00 2026\n\tForm mounted:\n\tAlerts: {alerts}\n"


def stand_in(folder: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put them on the path. Files in the folder that is given back are their faults: stuck, lp-hangs, lpstat-hangs, state."""
    (folder / "jobs").mkdir()
    (folder / "bin").mkdir()
    (folder / "port").write_text(str(port))
    (folder / "state").write_text(IDLE.format(alerts="none"))
    for name, body in (("lp", LP), ("lpstat", LPSTAT), ("cancel", CANCEL)):
        program = folder / "bin" / name
        program.write_text(f"#!{sys.executable} -S\n{body}")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CUPS_STAND_IN", str(folder))
    return folder
