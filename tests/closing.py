"""Asks a window of an X server to close, as Alt+F4 and the cross of a window manager do. xdotool here cannot."""

import ctypes
import subprocess

CLIENT_MESSAGE = 33


class _ClientMessage(ctypes.Structure):
    """Xlib's XClientMessageEvent with 32-bit data."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
    )


class _Event(ctypes.Union):
    """As large as Xlib's XEvent."""

    _fields_ = (("client", _ClientMessage), ("pad", ctypes.c_long * 24))


def only_window(display: str) -> int:
    """The id of the one window on that display."""
    words = ["xdotool", "search", "--class", "."]
    found = subprocess.run(words, env={"DISPLAY": display}, check=True, capture_output=True, text=True).stdout
    return int(found.split()[0])


def ask_to_close(display: str, window: int) -> None:
    """Send the window WM_DELETE_WINDOW."""
    x = ctypes.CDLL("libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.restype = ctypes.c_ulong
    server = ctypes.c_void_p(x.XOpenDisplay(display.encode()))
    protocols, delete = (x.XInternAtom(server, name, 0) for name in (b"WM_PROTOCOLS", b"WM_DELETE_WINDOW"))
    event = _Event()
    event.client = _ClientMessage(
        CLIENT_MESSAGE, 0, 1, None, window, protocols, 32, (ctypes.c_long * 5)(delete, 0, 0, 0, 0)
    )
    x.XSendEvent(server, ctypes.c_ulong(window), 0, ctypes.c_long(0), ctypes.byref(event))
    x.XFlush(server)
    x.XCloseDisplay(server)
