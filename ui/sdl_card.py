"""The sound card through SDL2, the library that Kivy brings: chosen by name, its queue watched, exact to a sample.

Kivy's own player knows neither which card it plays on nor whether that card still eats. Only this file calls SDL itself.
"""

import ctypes
import importlib.util
import logging
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Any

from voice.card import BYTES_PER_FRAME, FRAMES_PER_S, NoCard, OpenCard

logger = logging.getLogger(__name__)

INIT_AUDIO = 0x10
S16 = 0x8010 if sys.byteorder == "little" else 0x9010
BUFFER_FRAMES = 512
"""Samples that the card takes at once: 12 ms, so exact is a start. Half of that stutters on small machines."""

STOPPED = 0
LOUDEST = 128
"""SDL_MIX_MAXVOLUME."""


class _Spec(ctypes.Structure):
    """SDL_AudioSpec."""

    _fields_ = (
        ("freq", ctypes.c_int),
        ("format", ctypes.c_uint16),
        ("channels", ctypes.c_uint8),
        ("silence", ctypes.c_uint8),
        ("samples", ctypes.c_uint16),
        ("padding", ctypes.c_uint16),
        ("size", ctypes.c_uint32),
        ("callback", ctypes.c_void_p),
        ("userdata", ctypes.c_void_p),
    )


class SdlCards:
    """Keeps voice.card.Cards. `device` is a name of SDL's list; "" takes the machine's usual one."""

    def __init__(self, device: str = "") -> None:
        self._device = device
        self._library: Any = None

    def open(self) -> OpenCard:
        sdl = self._sdl()
        if sdl.SDL_InitSubSystem(INIT_AUDIO):
            raise NoCard(f"no sound device: {_error(sdl)}")
        there = names(sdl)
        if self._device and there and self._device not in there:
            raise NoCard(f"there is no sound device {self._device!r}; there are: {', '.join(map(repr, there))}")
        wanted = _Spec(freq=FRAMES_PER_S, format=S16, channels=2, samples=BUFFER_FRAMES)
        got = _Spec()
        name = self._device.encode() if self._device else None
        device = sdl.SDL_OpenAudioDevice(name, 0, ctypes.byref(wanted), ctypes.byref(got), 0)
        if not device:
            raise NoCard(f"the sound device {self._device or 'of the machine'} does not open: {_error(sdl)}")
        logger.info(
            "sound-device driver=%s device=%s there=%s",
            sdl.SDL_GetCurrentAudioDriver().decode(),
            self._device or "usual",
            "; ".join(there) or "not listed",
        )
        sdl.SDL_PauseAudioDevice(device, 0)
        return _Card(sdl, device)

    def fit(self, samples: bytes, channels: int, frames_per_s: int, volume: float) -> bytes:
        sdl = self._sdl()
        if (channels, frames_per_s) != (2, FRAMES_PER_S):
            samples = _converted(sdl, samples, channels, frames_per_s)
        if volume >= 1:
            return samples
        quiet = ctypes.create_string_buffer(len(samples))
        sdl.SDL_MixAudioFormat(quiet, samples, S16, len(samples), round(max(0.0, volume) * LOUDEST))
        return quiet.raw

    def _sdl(self) -> Any:
        if self._library is None:
            self._library = _load()
        return self._library


class _Card:
    """Keeps voice.card.OpenCard."""

    def __init__(self, sdl: Any, device: int) -> None:
        self._sdl = sdl
        self._device = device

    def queue(self, samples: bytes) -> None:
        if self._sdl.SDL_QueueAudio(self._device, samples, len(samples)):
            raise NoCard(_error(self._sdl))

    def queued(self) -> int:
        return int(self._sdl.SDL_GetQueuedAudioSize(self._device))

    def away(self) -> bool:
        return bool(self._sdl.SDL_GetAudioDeviceStatus(self._device) == STOPPED)

    def close(self) -> None:
        self._sdl.SDL_ClearQueuedAudio(self._device)
        self._sdl.SDL_CloseAudioDevice(self._device)


def names(sdl: Any) -> tuple[str, ...]:
    """The names of the machine's sound devices, as SDL lists them; none where its driver keeps no list."""
    count = sdl.SDL_GetNumAudioDevices(0)
    found = (sdl.SDL_GetAudioDeviceName(index, 0) for index in range(max(0, count)))
    return tuple(name.decode(errors="replace") for name in found if name)


def _converted(sdl: Any, samples: bytes, channels: int, frames_per_s: int) -> bytes:
    stream = sdl.SDL_NewAudioStream(S16, channels, frames_per_s, S16, 2, FRAMES_PER_S)
    if not stream:
        raise NoCard(f"{channels} channels at {frames_per_s} Hz cannot be played: {_error(sdl)}")
    try:
        if sdl.SDL_AudioStreamPut(stream, samples, len(samples)) or sdl.SDL_AudioStreamFlush(stream):
            raise NoCard(_error(sdl))
        size = sdl.SDL_AudioStreamAvailable(stream)
        made = ctypes.create_string_buffer(size)
        got = sdl.SDL_AudioStreamGet(stream, made, size)
        return made.raw[: got // BYTES_PER_FRAME * BYTES_PER_FRAME]
    finally:
        sdl.SDL_FreeAudioStream(stream)


def _error(sdl: Any) -> str:
    return (sdl.SDL_GetError() or b"").decode(errors="replace") or "SDL does not say why"


def _load() -> Any:
    """SDL2, the one that Kivy has loaded or would load; else the machine's own. NoCard where there is none."""
    for place in _places():
        try:
            sdl = ctypes.CDLL(place)
        except OSError:
            continue
        sdl.SDL_GetError.restype = ctypes.c_char_p
        sdl.SDL_GetCurrentAudioDriver.restype = ctypes.c_char_p
        sdl.SDL_GetAudioDeviceName.restype = ctypes.c_char_p
        sdl.SDL_NewAudioStream.restype = ctypes.c_void_p
        sdl.SDL_OpenAudioDevice.restype = ctypes.c_uint32
        sdl.SDL_OpenAudioDevice.argtypes = (
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_int,
        )
        sdl.SDL_GetQueuedAudioSize.restype = ctypes.c_uint32
        for each in (sdl.SDL_GetQueuedAudioSize, sdl.SDL_GetAudioDeviceStatus, sdl.SDL_ClearQueuedAudio):
            each.argtypes = (ctypes.c_uint32,)
        sdl.SDL_CloseAudioDevice.argtypes = (ctypes.c_uint32,)
        sdl.SDL_PauseAudioDevice.argtypes = (ctypes.c_uint32, ctypes.c_int)
        sdl.SDL_QueueAudio.argtypes = (ctypes.c_uint32, ctypes.c_char_p, ctypes.c_uint32)
        sdl.SDL_MixAudioFormat.argtypes = (
            ctypes.c_char_p,
            ctypes.c_char_p,
            ctypes.c_uint16,
            ctypes.c_uint32,
            ctypes.c_int,
        )
        sdl.SDL_AudioStreamPut.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
        sdl.SDL_AudioStreamGet.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
        for each in (sdl.SDL_AudioStreamFlush, sdl.SDL_AudioStreamAvailable, sdl.SDL_FreeAudioStream):
            each.argtypes = (ctypes.c_void_p,)
        return sdl
    raise NoCard("SDL2 is not on this machine; ./antrean setup brings it with Kivy")


def _places() -> list[str]:
    """Where SDL2 may lie: already in this process, beside Kivy, on the machine."""
    maps = Path("/proc/self/maps")
    loaded = [line.split()[-1] for line in maps.read_text().splitlines()] if maps.exists() else []
    found = [place for place in dict.fromkeys(loaded) if Path(place).name.startswith(("libSDL2-2", "libSDL2.so"))]
    kivy = importlib.util.find_spec("kivy")
    if kivy is not None and kivy.origin is not None:
        found += map(str, sorted((Path(kivy.origin).parents[1] / "Kivy.libs").glob("libSDL2-2*")))
    return [*found, *filter(None, (find_library("SDL2-2.0"), find_library("SDL2")))]
