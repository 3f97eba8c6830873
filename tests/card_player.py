"""Plays waves through the display's loudspeaker (SDL, no Kivy) in a process of its own, each at its instant.

`python -m tests.card_player WAVE=SECONDS...`: so many seconds after the clock in the environment's BEGINS (time.time).
One JSON line on standard output: for each sound when it ended, since BEGINS, and how often the card was opened anew.
With NEXT_FILE in the environment, a card that is opened anew writes there.
"""

import json
import logging
import os
import sys
import time
from pathlib import Path

from tests.waiting import wait_for
from ui.sdl_card import SdlCards
from voice.loudspeaker import CardPlayer
from voice.player import NotPlayed

WHOLE_S = 40.0


def main(orders: list[tuple[Path, float]]) -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    begins = float(os.environ.get("BEGINS", time.time())) - time.time() + time.monotonic()
    player = CardPlayer(SdlCards(os.environ.get("DEVICE", "")), time.monotonic)
    player.set_volume(float(os.environ.get("VOLUME", "1")))
    ended: list[float] = []
    try:
        for wave, at_s in orders:
            player.play(wave, lambda: ended.append(round(time.monotonic() - begins, 3)), begins + at_s)
    except NotPlayed as trouble:
        sys.stdout.write(json.dumps({"not-played": str(trouble)}) + "\n")
        return
    if next_file := os.environ.get("NEXT_FILE"):
        os.environ["SDL_DISKAUDIOFILE"] = next_file
    sys.stdout.write("queued\n")
    sys.stdout.flush()

    def over() -> bool:
        player.look()
        return len(ended) == len(orders)

    wait_for(over, "the end of every sound", WHOLE_S)
    sys.stdout.write(json.dumps({"ended": ended, "reopened": player.reopened}) + "\n")
    sys.stdout.flush()
    player.close()
    # What a hung card's thread was writing holds the C library's files: an ordinary exit would wait for them for ever.
    os._exit(0)


if __name__ == "__main__":
    main([(Path(word.rpartition("=")[0]), float(word.rpartition("=")[2])) for word in sys.argv[1:]])
