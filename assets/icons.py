"""Icons by name: "card-account-details" as the character to set in assets.fonts.icon_font(). Pure.

The names are those of Material Design Icons 7.2 (pictogrammers.com), as hall files use them.
"""

from functools import cache

from fonticon_mdi7 import MDI7


@cache
def glyph(name: str) -> str:
    """The one character of an icon; LookupError with the nearest name for one that does not exist."""
    written = vars(MDI7).get(name.replace("-", "_"))
    if not isinstance(written, str) or not written.startswith("mdi7."):
        from assets.judging import did_you_mean  # noqa: PLC0415 - only where something went wrong

        raise LookupError(f"no icon {name!r}: {did_you_mean(name, names(), list_up_to=0)}".rstrip(": "))
    return written.removeprefix("mdi7.")


@cache
def names() -> tuple[str, ...]:
    """Every icon's name."""
    return tuple(
        name.replace("_", "-")
        for name, written in vars(MDI7).items()
        if isinstance(written, str) and written.startswith("mdi7.")
    )
