"""The words of the kiosk's set-up page, `[setup]` of each language file: read by technicians alone."""

from msgspec import Struct


class SetupWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`[setup]`: the kiosk's set-up page."""

    pin_title: str
    pin_text: str
    pin_wrong: str
    pin_unchecked: str
    pin_wait: str
    pin_judging: str
    pin_rubout: str
    pin_enter: str
    leave: str
    tab_overview: str
    tab_printer: str
    tab_touch: str
    tab_sound: str
    tab_restart: str
    address: str
    no_address: str
    broker: str
    broker_there: str
    broker_away: str
    encrypted: str
    in_the_clear: str
    connects_in: str
    hub: str
    hub_heard: str
    hub_silent: str
    round_trip: str
    milliseconds: str
    clock: str
    clock_off: str
    printer: str
    paper: str
    paper_left: str
    paper_near_end: str
    paper_ok: str
    printer_ready: str
    printer_paper_out: str
    printer_cover_open: str
    printer_error: str
    printer_offline: str
    device: str
    version: str
    version_start: str
    disk: str
    gigabytes: str
    temperature: str
    degrees: str
    memory: str
    megabytes: str
    screen: str
    touch: str
    touch_result: str
    broken: str
    times: str
    nothing: str
    find: str
    found: str
    found_none: str
    found_how: str
    test_print: str
    new_roll: str
    said_printing: str
    said_roll: str
    said_sound: str
    said_no_sound: str
    touch_text: str
    touch_done: str
    sound_text: str
    sound_left: str
    sound_right: str
    sound_both: str
    softer: str
    louder: str
    volume: str
    restart_title: str
    restart_text: str
    restart_yes: str
