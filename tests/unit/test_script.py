"""The script ./antrean before it hands over: on a machine of stubs, so that nothing is installed anywhere."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = (
    "sh",
    "dirname",
    "readlink",
    "cmp",
    "cat",
    "rm",
    "cp",
    "mktemp",
    "tail",
    "flock",
    "mkdir",
    "chmod",
    "sleep",
    "env",
)
PYTHON = """#!/bin/sh
case "$*" in
*"import sys"* | *"import pip"*) exit 0 ;;
*"-m venv"*) for folder; do :; done; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
*"pip --disable"*) echo pip >>"$LOG" ;;
*) echo "$PWD: $*" ;;
esac
"""


class Machine:
    """A checkout in a folder with a space in its name, and a PATH without xvfb, xdotool and chromium."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        self.checkout = folder / "a check out"
        (self.checkout / "requirements").mkdir(parents=True)
        for name in ("run", "test"):
            (self.checkout / "requirements" / f"{name}.txt").write_text(f"{name}\n")
        shutil.copy(ROOT / "antrean", self.checkout)
        self.programs = folder / "programs"
        self.programs.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, tool
            (self.programs / tool).symlink_to(found)
        self.stub("python3.11", PYTHON)
        self.stub("id", "#!/bin/sh\necho 0\n")
        self.stub("apt-get", '#!/bin/sh\necho apt-get "$@" >>"$LOG"\n')

    def stub(self, name: str, code: str) -> None:
        (self.programs / name).write_text(code)
        (self.programs / name).chmod(0o755)

    def begin(self, *words: str, script: Path | None = None, cwd: Path | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["/bin/sh", str(script or self.checkout / "antrean"), *words],
            cwd=cwd,
            env={"PATH": str(self.programs), "LOG": str(self.log), "HOME": str(self.log.parent)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, script: Path | None = None, cwd: Path | None = None) -> tuple[int, str, str]:
        process = self.begin(*words, script=script, cwd=cwd)
        said, told = process.communicate(timeout=20)
        return process.returncode, said, told

    def did(self, what: str) -> int:
        """How often this was done."""
        return sum(what in line for line in self.log.read_text().splitlines()) if self.log.exists() else 0


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_through_a_link_and_from_anywhere_it_hands_over_with_the_words_as_they_are(machine: Machine, tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to(machine.checkout / "antrean")
    code, said, _ = machine.run("check", "a hall", script=link, cwd=tmp_path)
    assert (code, said) == (0, f"{tmp_path}: -P -m command.main check a hall\n")


def test_what_is_installed_is_not_installed_again(machine: Machine):
    machine.run("check")
    _, _, told = machine.run("check")
    assert (machine.did("pip"), told) == (1, "")


def test_two_first_starts_install_everything_once(machine: Machine):
    machine.stub("apt-get", '#!/bin/sh\nsleep 0.3\necho apt-get "$@" >>"$LOG"\n')
    both = [machine.begin("setup"), machine.begin("setup")]
    told = [process.communicate(timeout=20)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert (machine.did("pip"), machine.did(" install ")) == (1, 1)
    assert sum("waiting for it" in each for each in told) == 1


def test_what_running_and_what_testing_go_without_is_said_once_each(machine: Machine):
    machine.stub("id", "#!/bin/sh\necho 1000\n")
    _, _, first = machine.run("setup")
    assert "ask an administrator for:  apt-get install" in first
    for words in (("check",), ("setup",), ("check",), ("setup",)):
        machine.run(*words)
    _, _, told = machine.run("setup")
    assert told == "antrean: ready\n"


def test_it_goes_on_where_nothing_may_be_written(machine: Machine):
    machine.stub("id", "#!/bin/sh\necho 1000\n")
    machine.run("test")
    (machine.checkout / ".venv" / "went-on-without-all").unlink()
    (machine.checkout / ".venv" / "went-on-without-all").mkdir()  # also root cannot write there
    (machine.checkout / ".setup-lock").unlink()
    (machine.checkout / ".setup-lock").mkdir()
    code, said, _ = machine.run("test")
    assert code == 0
    assert said.endswith("-P -m command.main test\n")


@pytest.mark.parametrize("harm", ["no pip", "no python"])
def test_an_environment_that_was_interrupted_or_lost_its_python_is_made_anew(machine: Machine, harm: str):
    machine.run("check")
    python = machine.checkout / ".venv" / "bin" / "python"
    if harm == "no pip":
        (machine.checkout / ".venv" / "installed-run.txt").unlink()
        python.write_text("#!/bin/sh\nexit 1\n")
    else:
        python.unlink()
        python.symlink_to("/nowhere/python3.10")
    code, said, _ = machine.run("check")
    assert (code, said) == (0, f"{Path.cwd()}: -P -m command.main check\n")
