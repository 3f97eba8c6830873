"""The small signs in the head, for staff: what is not well with this kiosk, as two letters that can be read out on the phone. Pure.

docs/operating.md lists them. Visitors are told in words, and only of what concerns them.
"""

from kiosk.state import State, hub_is_here, now_of

_PRINTER = {"offline": "PU", "paper-out": "PO", "cover-open": "PC", "error": "PX"}


def signs_of(state: State) -> tuple[str, ...]:
    """What is not well now, the cause before what follows from it; nothing before the first look at each."""
    signs = []
    if state.connected is False:
        signs.append("NT" if state.has_network is False else "BK")
    elif state.connected and not hub_is_here(state):
        signs.append("HB")
    if state.hall is not None and now_of(state) is None:
        signs.append("CL")
    if state.printer in _PRINTER:
        signs.append(_PRINTER[state.printer])
    elif state.paper_left == "near-end":
        signs.append("PN")
    return tuple(signs)
