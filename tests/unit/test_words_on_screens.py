"""How texts are wrapped on screens. In a process of its own: Kivy is made ready before it is imported, and stays so."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

ASKED = """
import json, sys
from pathlib import Path
from ui.window import PORTRAIT, ScreenSettings, prepare
prepare(ScreenSettings(), PORTRAIT, Path(sys.argv[1]))
from ui.theme import register_fonts
from ui.words import height_of, heights_of, lines_of, stands, width_of, without_orphans
register_fonts()
font, size = "Regular", 40.0
text = "Salah satu: akta lahir, ijazah, atau buku nikah"
before_last = width_of(text.rsplit(" ", 1)[0], font, size) * 1.05
print(json.dumps({
    "orphan": without_orphans(text, font, size, before_last),
    "wide": without_orphans(text, font, size, 4000),
    "narrow": without_orphans("satu dua", font, size, 120),
    "paragraphs": without_orphans("Baris pertama.\\n" + text, font, size, before_last),
    "lines": [lines_of(text, font, size, before_last), lines_of(without_orphans(text, font, size, before_last), font, size, before_last)],
    "line": sum(heights_of(font, size)),
    "stands": stands(text, font, size, before_last),
    "hardly_more": all(
        stands(text, font, size, wide) <= height_of(text, font, size, wide) + (lines_of(text, font, size, wide) or 9)
        for wide in range(200, 1000, 7)
    ),
    "nothing": stands("", font, size, 100),
}))
"""


@pytest.fixture(scope="module")
def wrapped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", ASKED, str(tmp_path_factory.mktemp("kivy"))],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_last_word_that_would_stand_alone_gets_company(wrapped):
    assert wrapped["orphan"] == "Salah satu: akta lahir, ijazah, atau buku\u00a0nikah"
    assert wrapped["lines"] == [2, 2]


def test_a_text_on_one_line_or_with_nothing_to_spare_stays_as_it_is(wrapped):
    assert wrapped["wide"] == "Salah satu: akta lahir, ijazah, atau buku nikah"
    assert wrapped["narrow"] == "satu dua"


def test_each_paragraph_is_wrapped_by_itself(wrapped):
    assert wrapped["paragraphs"] == "Baris pertama.\n" + wrapped["orphan"]


def test_where_things_are_set_a_text_is_as_high_as_it_comes_out_and_hardly_higher_than_reckoned(wrapped):
    assert wrapped["stands"] == pytest.approx(2 * wrapped["line"], abs=3)
    assert wrapped["hardly_more"]
    assert wrapped["nothing"] == 0
