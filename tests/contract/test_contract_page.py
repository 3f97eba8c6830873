"""docs/contract.md says what the code does, and says it of everything."""

import pytest
from msgspec import Struct

from command.contract_page import GOLDENS, PAGE, command_for, field_docs, name_of, page, parts
from contract.catalogue import CATALOGUE
from tests.contract.goldens import ENTRIES, FOLDER, file_of, topic_of_golden


def test_the_page_that_is_in_the_tree_is_the_one_that_the_code_makes():
    assert PAGE.read_text() == page(), (
        "make it anew: PYTHONPATH=. .venv/bin/python -m command.contract_page > docs/contract.md"
    )


@pytest.mark.parametrize("kind", [*(entry.message for entry in CATALOGUE), *parts()], ids=lambda kind: kind.__name__)
def test_every_field_says_what_it_means(kind: type[Struct]):
    assert set(field_docs(kind)) == set(kind.__struct_fields__)
    assert (kind.__doc__ or "").strip()


@pytest.mark.parametrize("entry", CATALOGUE, ids=name_of)
def test_every_message_stands_on_the_page_with_its_golden(entry):
    text = page()
    assert f"### {name_of(entry)}\n" in text
    assert file_of(entry).read_text() in text
    assert topic_of_golden(entry).split("/")[-1] in text


def test_no_mark_was_left_unfilled():
    assert "{table}" not in page()
    assert "{parts}" not in page()
    assert GOLDENS == FOLDER


def test_a_command_says_a_status_as_state_and_quotes_its_body():
    command = command_for(ENTRIES["status"], "it's")
    assert " -r " in command
    assert command.endswith("""-m 'it'"'"'s'""")
    assert command_for(ENTRIES["board"], "").startswith("mosquitto_sub ")
