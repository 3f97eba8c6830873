import msgspec
import pytest

from assets.palette import CONTRAST, DISPLAY, LIGHT, Colour, contrast, poor_pairs, rgb


def test_contrast_is_reckoned_as_wcag_does():
    black, white = Colour("000000"), Colour("FFFFFF")
    assert contrast(black, white) == pytest.approx(21.0)
    assert contrast(white, black) == contrast(black, white)
    assert contrast(white, white) == pytest.approx(1.0)
    # The grey that is known to be the lightest with 4.5:1 on white, and its lighter neighbour.
    assert contrast(Colour("767676"), white) == pytest.approx(4.54, abs=0.005)
    assert contrast(Colour("777777"), white) < 4.5


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST, DISPLAY])
def test_every_text_and_edge_of_a_theme_can_be_seen(theme):
    assert poor_pairs(theme) == ()


def test_the_contrast_theme_has_seven_to_one_everywhere():
    assert poor_pairs(CONTRAST, text_ratio=7.0) == ()


@pytest.mark.parametrize(
    ("front", "back", "ratio"),
    [
        (LIGHT.ink, LIGHT.paper, 7.0),
        (LIGHT.soft, LIGHT.card, 4.5),
        (LIGHT.on_act, LIGHT.act, 4.5),
        (LIGHT.act, LIGHT.tint, 4.5),
        (LIGHT.act, LIGHT.card, 4.5),
        (LIGHT.cannot, LIGHT.cannot_ground, 4.5),
        (LIGHT.on_attention, LIGHT.attention, 7.0),
        (LIGHT.edge, LIGHT.card, 3.0),
        (LIGHT.priority_edge, LIGHT.priority, 3.0),
        (CONTRAST.on_act, CONTRAST.tint, 7.0),
        (DISPLAY.ink, DISPLAY.card, 7.0),
        (DISPLAY.soft, DISPLAY.card, 4.5),
        (DISPLAY.on_attention, DISPLAY.attention, 7.0),
        (DISPLAY.attention, DISPLAY.paper, 4.5),
    ],
)
def test_pairs_that_the_screens_use_keep_their_ratio(front, back, ratio):
    assert contrast(front, back) >= ratio


def test_amber_is_no_colour_for_text_on_white():
    assert contrast(LIGHT.attention, LIGHT.card) < 3.0


def test_a_pair_that_cannot_be_read_or_seen_is_told():
    pale = msgspec.structs.replace(LIGHT, on_act=Colour("0F6664"), edge=Colour("E8E6E0"))
    told = poor_pairs(pale)
    assert [said.split()[0] for said in told] == ["on_act", "edge", "edge"]


@pytest.mark.parametrize("wrong", ["", "FFF", "#FFFFFF", "GGGGGG"])
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(ValueError):
        rgb(Colour(wrong))
