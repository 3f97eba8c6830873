"""Lets a technician in by PIN, and makes each wrong one cost more time than the one before, also over restarts.

A try is written down before it is judged, so pulling the plug gains nothing; and after a start the whole delay begins
anew, so no clock needs to be believed. Where the disk takes nothing it is counted in memory: who mends a full disk must
come in, and the delays hold as long as the program runs. Knows no screen. Not for the thread that draws: a PIN is slow to judge.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from broker_config.writing import write_whole
from kiosk.tending import PinJudged

logger = logging.getLogger(__name__)

FREE_TRIES = 2
FIRST_DELAY_S = 5.0
LONGEST_DELAY_S = 900.0
MOST_DOUBLED = 20
"""More often than it takes to the longest delay; without an end the reckoning would have one, after a thousand wrong ones."""


def delay_s(wrong: int) -> float:
    """How long nobody may try after so many wrong PINs one after another: 0, 0, 5, 10, 20 s ... a quarter of an hour."""
    doubled = min(wrong - FREE_TRIES - 1, MOST_DOUBLED)
    return 0.0 if wrong <= FREE_TRIES else float(min(LONGEST_DELAY_S, FIRST_DELAY_S * 2.0**doubled))


class Gate:
    """`fits(pin)` is asked at each try; `file` holds how many wrong ones there were one after another."""

    def __init__(self, fits: Callable[[str], bool], file: Path) -> None:
        self._fits = fits
        self._file = file
        self._wrong = self._read()

    @property
    def wrong(self) -> int:
        """Wrong PINs one after another."""
        return self._wrong

    def judge(self, pin: str) -> PinJudged:
        """One try, written down first where the disk takes it, and counted here in any case."""
        self._write(self._wrong + 1)
        self._wrong += 1
        if not self._fits(pin):
            wait_s = delay_s(self._wrong)
            logger.warning("setup-pin-wrong tries=%d next_in_s=%.0f", self._wrong, wait_s)
            return PinJudged(fits=False, wrong=self._wrong, wait_s=wait_s)
        tries, self._wrong = self._wrong - 1, 0
        self._write(0)
        logger.info("setup-pin-right wrong_before=%d", tries)
        return PinJudged(fits=True, wrong=0, wait_s=0.0)

    def unchecked(self) -> PinJudged:
        """What is answered where it cannot be judged. It costs time like a wrong one, so that nobody gains by breaking it."""
        return PinJudged(fits=False, wrong=self._wrong, wait_s=max(FIRST_DELAY_S, delay_s(self._wrong)), checked=False)

    def _read(self) -> int:
        try:
            return max(0, int(self._file.read_text(encoding="ascii")))
        except FileNotFoundError:
            return 0
        except (OSError, ValueError) as error:
            logger.warning("setup-tries-unreadable file=%s why=%s", self._file, error)
            return FREE_TRIES + 1

    def _write(self, wrong: int) -> None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, f"{wrong}\n")
        except OSError as error:
            logger.error("setup-tries-unwritable file=%s why=%s", self._file, error)  # noqa: TRY400 - the reason says all
