"""The page of figures: made by the bench between two marks; what people wrote around them stays. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from command.bench_figures import BARS, Figure, as_markdown, holds

BEGIN = "<!-- what ./antrean bench --page writes: do not edit between these marks -->"
END = "<!-- end of what the bench writes -->"

NEW = f"# Performance\n\n{BEGIN}\n{END}\n"
"""A page that nobody has written anything on yet."""


class Measured(Struct, frozen=True):
    """One whole run: when, on what machine, what came out, and how many seconds each part took."""

    when: str
    machine: str
    figures: tuple[Figure, ...]
    took_s: Mapping[str, float]


def page(old: str, measured: Measured) -> str:
    """The page with the run's figures in their place; a page without the marks is begun anew. ValueError for one mark alone."""
    text = old if BEGIN in old or END in old else NEW
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"the page needs each of these lines once: {BEGIN} and {END}")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{_run(measured)}\n{END}{after}"


def _run(measured: Measured) -> str:
    by_name = {one.name: one for one in measured.figures}
    verdicts = [holds(bar, by_name) for bar in BARS]
    parts = ", ".join(f"{part} {seconds:.0f} s" for part, seconds in measured.took_s.items())
    return "\n".join(
        [
            f"Measured {measured.when} on {measured.machine}. {verdicts.count(True)} of {len(BARS)} bars hold.",
            f"It took {sum(measured.took_s.values()):.0f} s ({parts}). To repeat it:",
            "",
            "    ./antrean bench --page docs/performance.md",
            "",
            as_markdown(measured.figures),
        ]
    )
