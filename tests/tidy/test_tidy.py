"""Code that checks code: what no linter knows of this house's rules."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 320
LONGEST_FUNCTION = 60
PROGRAMS = (
    "assets",
    "broker_config",
    "command",
    "contract",
    "display",
    "hub",
    "kiosk",
    "link",
    "simulator",
    "ui",
    "voice",
)
KNOWN_TO_ONE_PLACE = {
    "paho": {"link/paho_link.py", "command/bench_floor.py"},
    "escpos": {"kiosk/printing/job.py"},
    "usb": {"kiosk/printing/usb_wire.py"},
    "serial": {"kiosk/printing/serial_wire.py"},
    "argon2": {"kiosk/pin.py"},
    "pyttsx3": {"voice/pyttsx3_child.py", "voice/pyttsx3_speaker.py"},
}
# Words that no file of the project needs: they speak of how it came to be instead of what it is.
OUT_OF_PLACE = re.compile(
    r"\b(?:chatgpt|copilot|as an ai|language model|this session)\b|(?<!\w)/(?:root|home/\w+)/", re.IGNORECASE
)


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def sources(*folders: str) -> Iterator[Path]:
    for path in tracked():
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders:
            yield path


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_files_are_short_enough_to_be_read() -> None:
    long = {
        shown(path): lines
        for path in sources(*PROGRAMS, "tests")
        if (lines := path.read_text().count("\n")) > LONGEST_FILE
    }
    assert not long


def test_functions_are_short_enough_to_be_read() -> None:
    long = {}
    for path in sources(*PROGRAMS):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{shown(path)}:{node.name}"] = lines
    assert not long


def test_every_module_says_what_it_is() -> None:
    silent = [
        shown(path)
        for path in sources(*PROGRAMS)
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent


def test_init_files_stay_empty() -> None:
    full = [
        shown(path)
        for path in sources(*PROGRAMS)
        if path.name == "__init__.py" and path.parent.name != "assets" and path.read_text()
    ]
    assert not full


def test_each_library_of_the_field_is_known_to_one_place() -> None:
    for library, places in KNOWN_TO_ONE_PLACE.items():
        pattern = re.compile(rf"^\s*(import|from) {library}\b", re.MULTILINE)
        knowing = {shown(path) for path in sources(*PROGRAMS) if pattern.search(path.read_text())}
        assert knowing, library
        assert knowing <= places, library


def test_kivy_stays_in_ui_the_screens_and_the_apps() -> None:
    pattern = re.compile(r"^\s*(import|from) kivy\b", re.MULTILINE)
    outside = [
        name
        for path in sources(*PROGRAMS)
        if pattern.search(path.read_text())
        and not (name := shown(path)).startswith(("ui/", "kiosk/screens/", "display/screens/"))
        and name not in ("kiosk/app.py", "display/app.py", "command/bench_window.py")
    ]
    assert not outside


def test_every_screen_is_two_files_of_one_stem() -> None:
    for folder in ("kiosk/screens", "display/screens"):
        kv = {path.stem for path in (ROOT / folder).glob("*.kv")}
        python = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"}
        assert kv
        assert kv <= python, f"{folder}: kv without its .py"


def test_nothing_is_left_undone_in_the_code() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [shown(path) for path in sources(*PROGRAMS) if marks.search(path.read_text())]
    assert not found


def test_tests_wait_for_conditions_and_never_sleep() -> None:
    # tests/waiting.py is the one place that pauses, between two looks at a condition.
    pattern = re.compile(r"\b(time|asyncio)\.sleep\(")
    found = [
        shown(path)
        for path in sources("tests")
        if pattern.search(path.read_text()) and path.name not in ("waiting.py", "test_tidy.py")
    ]
    assert not found


def test_no_file_speaks_of_how_it_came_to_be() -> None:
    found = []
    for path in tracked():
        if path.suffix in (".py", ".md", ".toml", ".kv", ".html", ".css", ".js", "") and path.name not in (
            "test_tidy.py",
            "LICENSE",
        ):
            text = path.read_text(errors="ignore")
            if OUT_OF_PLACE.search(text):
                found.append(shown(path))
    assert not found


def test_no_secret_lies_in_the_tree() -> None:
    pattern = re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----")
    found = [
        shown(path) for path in tracked() if path.suffix != ".png" and pattern.search(path.read_text(errors="ignore"))
    ]
    assert not found


def test_every_dependency_is_pinned_with_its_hashes() -> None:
    for name in ("run", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        for block in re.split(r"\n(?=[a-z0-9])", text):
            if block and not block.startswith("#"):
                assert "==" in block.splitlines()[0]
                assert "--hash=sha256:" in block


def test_every_dependency_of_the_project_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    locked = (ROOT / "requirements" / "test.txt").read_text()
    for line in wanted:
        name = re.split(r"[=<>]", line)[0]
        assert f"\n{name}==" in f"\n{locked}"


def test_decision_records_have_numbers_of_their_own() -> None:
    numbers = [path.name.split("-")[0] for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert numbers
    assert len(numbers) == len(set(numbers))


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for path in tracked():
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()):
                if re.match(r"[a-z]+:", target) or (path.parent / target).exists():
                    continue
                broken.append(f"{shown(path)} -> {target}")
    assert not broken
