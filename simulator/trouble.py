"""How much goes wrong in a simulated hall: one frozen struct of probabilities. Pure data.

Trouble comes in spells; between two of them nothing fails, all that died is started again, and at the end of such a
calm what the promises say of "in the end" can be asked for. Rates are per simulated hour of trouble.
"""

from msgspec import Struct

from link.memory_link import Faults

TROUBLE_S = 480.0
CALM_S = 130.0
STILL_S = 25.0
HUB_AWAY_S = 240.0
"""A spell of trouble; the calm after it; and how long before the calm's end nobody touches anything any more."""


class Trouble(Struct, frozen=True):
    """Probabilities are from 0 to 1: `lose` and `double` per message and hop, `late` and `cut` per connection and step,
    `slow` per program and step, `at_...` per write, page or sentence. The others are times an hour, for each thing.
    """

    lose: float = 0.0
    double: float = 0.0
    late: float = 0.0
    cut: float = 0.0
    slow: float = 0.0
    broker_dies: float = 0.0
    hub_dies: float = 0.0
    hub_dies_at_commit: float = 0.0
    machine_dies: float = 0.0
    """Broker and hub at once, as when the machine that both run on loses its power."""
    hub_away: float = 0.0
    """The hub is gone for minutes: up to HUB_AWAY_S, as when somebody must be sent for."""
    kiosk_dies: float = 0.0
    kiosk_dies_at_write: float = 0.0
    kiosk_dies_at_page: float = 0.0
    kiosk_disk_full_at_write: float = 0.0
    kiosk_swapped: float = 0.0
    """Another machine with an empty disk takes the kiosk's place and name."""
    display_dies: float = 0.0
    paper_ends: float = 0.0
    paper_ends_midway: float = 0.0
    cover_opens: float = 0.0
    printer_away: float = 0.0
    printer_mute: float = 0.0
    loudspeaker_away: float = 0.0
    voice_fails_at_sentence: float = 0.0
    longest_away_s: float = 60.0
    """How long at most what died or broke stays so."""

    @property
    def faults(self) -> Faults:
        """What of it happens to messages."""
        return Faults(lose=self.lose, double=self.double, delay=self.late, disconnect=self.cut)


CALM = Trouble(
    lose=0.001,
    double=0.001,
    late=0.001,
    cut=0.00005,
    slow=0.01,
    broker_dies=0.2,
    hub_dies=0.4,
    hub_away=0.3,
    kiosk_dies=0.2,
    display_dies=0.2,
    paper_ends=0.5,
    cover_opens=0.3,
    loudspeaker_away=0.2,
    longest_away_s=40.0,
)
"""A hall in good hands: something fails now and then."""

ROUGH = Trouble(
    lose=0.03,
    double=0.03,
    late=0.02,
    cut=0.002,
    slow=0.05,
    broker_dies=4.0,
    hub_dies=6.0,
    hub_dies_at_commit=0.01,
    machine_dies=3.0,
    hub_away=1.0,
    kiosk_dies=4.0,
    kiosk_dies_at_write=0.01,
    kiosk_dies_at_page=0.04,
    kiosk_disk_full_at_write=0.02,
    kiosk_swapped=1.0,
    display_dies=4.0,
    paper_ends=3.0,
    paper_ends_midway=3.0,
    cover_opens=2.0,
    printer_away=2.0,
    printer_mute=2.0,
    loudspeaker_away=3.0,
    voice_fails_at_sentence=0.05,
)
"""Far worse than any hall: in each hour everything dies several times, often at the worst moment."""

KINDS: dict[str, Trouble] = {"calm": CALM, "rough": ROUGH}
