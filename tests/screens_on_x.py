"""Changes the resolution of an X server while programs are on it, as `xrandr` does: by the X libraries themselves."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

_X = ctypes.CDLL("libX11.so.6")
_R = ctypes.CDLL("libXrandr.so.2")
_X.XOpenDisplay.restype = ctypes.c_void_p
_X.XOpenDisplay.argtypes = [ctypes.c_char_p]
_X.XCloseDisplay.argtypes = [ctypes.c_void_p]
_X.XDefaultRootWindow.restype = ctypes.c_ulong
_X.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
_X.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]


class ModeInfo(ctypes.Structure):
    """XRRModeInfo."""

    _fields_ = [
        ("id", ctypes.c_ulong),
        ("width", ctypes.c_uint),
        ("height", ctypes.c_uint),
        ("dot_clock", ctypes.c_ulong),
        ("h_sync_start", ctypes.c_uint),
        ("h_sync_end", ctypes.c_uint),
        ("h_total", ctypes.c_uint),
        ("h_skew", ctypes.c_uint),
        ("v_sync_start", ctypes.c_uint),
        ("v_sync_end", ctypes.c_uint),
        ("v_total", ctypes.c_uint),
        ("name", ctypes.c_char_p),
        ("name_length", ctypes.c_uint),
        ("mode_flags", ctypes.c_ulong),
    ]


class Resources(ctypes.Structure):
    """XRRScreenResources."""

    _fields_ = [
        ("timestamp", ctypes.c_ulong),
        ("config_timestamp", ctypes.c_ulong),
        ("crtc_count", ctypes.c_int),
        ("crtcs", ctypes.POINTER(ctypes.c_ulong)),
        ("output_count", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
        ("mode_count", ctypes.c_int),
        ("modes", ctypes.POINTER(ModeInfo)),
    ]


_R.XRRGetScreenResources.restype = ctypes.POINTER(Resources)
_R.XRRGetScreenResources.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
_R.XRRCreateMode.restype = ctypes.c_ulong
_R.XRRCreateMode.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(ModeInfo)]
_R.XRRAddOutputMode.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
_R.XRRSetScreenSize.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *([ctypes.c_int] * 4)]
_R.XRRSetCrtcConfig.argtypes = [
    ctypes.c_void_p,
    ctypes.POINTER(Resources),
    ctypes.c_ulong,
    ctypes.c_ulong,
    ctypes.c_int,
    ctypes.c_int,
    ctypes.c_ulong,
    ctypes.c_ushort,
    ctypes.POINTER(ctypes.c_ulong),
    ctypes.c_int,
]


class XScreen:
    """The one screen of an X server, as whoever sets its resolution sees it."""

    def __init__(self, display: ctypes.c_void_p) -> None:
        self._display = display
        self._root = _X.XDefaultRootWindow(display)

    def off(self) -> None:
        """The panel is switched off: the output shows no mode."""
        found = _R.XRRGetScreenResources(self._display, self._root)
        self._set(found, 0, None)

    def size(self, width: int, height: int) -> None:
        """Another resolution; not larger than what the server was started with."""
        found = _R.XRRGetScreenResources(self._display, self._root)
        output = found.contents.outputs[0]
        mode = self._mode(found, width, height)
        if mode is None:
            name = f"{width}x{height}".encode()
            info = ModeInfo(width=width, height=height, dot_clock=60 * width * height, name=name, name_length=len(name))
            info.h_total, info.v_total = width, height
            mode = _R.XRRCreateMode(self._display, self._root, ctypes.byref(info))
            _R.XRRAddOutputMode(self._display, output, mode)
            _X.XSync(self._display, 0)
            found = _R.XRRGetScreenResources(self._display, self._root)
        self._set(found, 0, None)
        _R.XRRSetScreenSize(self._display, self._root, width, height, width // 4, height // 4)
        self._set(found, mode, output)

    def _mode(self, found: "ctypes._Pointer[Resources]", width: int, height: int) -> int | None:
        modes = [found.contents.modes[index] for index in range(found.contents.mode_count)]
        return next((int(mode.id) for mode in modes if (mode.width, mode.height) == (width, height)), None)

    def _set(self, found: "ctypes._Pointer[Resources]", mode: int, output: int | None) -> None:
        outputs = (ctypes.c_ulong * 1)(output or 0)
        count = 0 if output is None else 1
        crtc = found.contents.crtcs[0]
        _R.XRRSetCrtcConfig(self._display, found, crtc, 0, 0, 0, mode, 1, outputs if count else None, count)
        _X.XSync(self._display, 0)


@contextmanager
def screen_of(display: str) -> Iterator[XScreen]:
    """The screen of an X server by its name, ":7"."""
    opened = _X.XOpenDisplay(display.encode())
    if not opened:
        raise RuntimeError(f"no X server answers at {display}")
    try:
        yield XScreen(ctypes.c_void_p(opened))
    finally:
        _X.XCloseDisplay(opened)
