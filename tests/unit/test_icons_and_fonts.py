import pytest
from PIL import ImageFont

from assets import fonts, icons


def test_an_icon_is_one_character():
    assert icons.glyph("card-account-details") == "\U000f05d2"
    assert icons.glyph("passport") == "\U000f07e3"


def test_a_wrong_icon_names_the_one_that_was_meant():
    with pytest.raises(LookupError, match='did you mean "passport"'):
        icons.glyph("pasport")


def test_what_the_icon_class_has_beside_icons_is_no_icon():
    with pytest.raises(LookupError):
        icons.glyph("--font-file--")


@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_every_weight_is_a_font_of_that_weight_with_figures_of_one_width(weight):
    font = ImageFont.truetype(fonts.path(weight), 100)
    assert font.getname() == ("Source Sans Pro", weight)
    assert len({font.getlength(digit) for digit in "0123456789"}) == 1


def test_an_unknown_weight_is_told_with_those_that_there_are():
    with pytest.raises(LookupError, match="Semibold"):
        fonts.path("Heavy")


def test_the_icon_font_has_the_icons():
    font = ImageFont.truetype(fonts.icon_font(), 100)
    assert font.getbbox(icons.glyph("passport")) != font.getbbox("\U000fffff")
