"""Bytes to and from a printer on USB. One of the two files that know a library of lines: here pyusb, which speaks libusb.

It must never know what the bytes mean. Every transfer has a time of its own (to the library, none means for ever). The
kernel's printer driver is let go of for as long as the machine runs; a hall that wants it kept uses a `file` printer.
"""

import contextlib
import errno
import time
from typing import Any

import usb.core
import usb.util

from kiosk.printing.wire import OUT_OF_TIME, Sent, WireBroken

SLICE_BYTES = 2048
READ_BYTES = 512
SET_UP_MS = 1000
STALE_MS, STALE_READS = 5, 16
PRINTER_CLASS = 7
"""USB Device Class Definition for Printing Devices 1.1; many cheap printers say "vendor specific" instead."""
PAUSE_S = 0.005
"""After an empty packet: some printers answer every question for data with one at once."""


class UsbWire:
    """A printer by the two numbers that `lsusb` shows, and by its serial number where two are alike."""

    def __init__(self, vendor: int, product: int, serial_number: str, until: float, *, backend: Any = None) -> None:
        """Raises WireBroken when it is not plugged in, or may not be used. `backend`: pyusb's; None is libusb."""
        self._name = f"USB {vendor:04x}:{product:04x}"
        self._device: Any = None
        try:
            self._device = _found(vendor, product, serial_number, backend)
            self._take(until)
        except usb.core.NoBackendError:
            raise WireBroken("libusb is not on this machine (Debian: libusb-1.0-0)") from None
        except (usb.core.USBError, ValueError) as error:  # ValueError: a serial number that may not be read
            self.close()
            raise WireBroken(f"{self._name}: {_reason(error)}") from None
        except WireBroken:
            self.close()
            raise

    def _take(self, until: float) -> None:
        device = self._device
        if device is None:
            raise WireBroken(f"{self._name}: no such device is plugged in")
        device.default_timeout = SET_UP_MS
        try:
            configuration = device.get_active_configuration()
        except usb.core.USBError:
            device.set_configuration()
            configuration = device.get_active_configuration()
        interface = min(configuration, key=lambda each: (_way_out(each) is None, each.bInterfaceClass != PRINTER_CLASS))
        way_out = _way_out(interface)
        if way_out is None:
            raise WireBroken(f"{self._name}: takes no data, is no printer")
        number = interface.bInterfaceNumber
        if device.is_kernel_driver_active(number):
            device.detach_kernel_driver(number)
        usb.util.claim_interface(device, number)
        self._out = way_out
        self._in = _endpoint(interface, usb.util.ENDPOINT_IN)
        self.answers = self._in is not None
        for _ in range(STALE_READS if self.answers else 0):  # answers to somebody before us
            if time.monotonic() >= until or not self._read(STALE_MS):
                break

    def send(self, data: bytes, until: float) -> Sent:
        """See Wire.send. Accepted is what the printer itself has taken."""
        accepted = 0
        while accepted < len(data):
            left_ms = int((until - time.monotonic()) * 1000)
            if left_ms <= 0:
                return Sent(accepted, OUT_OF_TIME)
            try:
                accepted += self._out.write(data[accepted : accepted + SLICE_BYTES], left_ms)
            except usb.core.USBTimeoutError:
                continue
            except usb.core.USBError as error:
                return Sent(accepted, _reason(error))
        return Sent(accepted)

    def receive(self, until: float) -> bytes:
        """See Wire.receive. Empty at once where the printer has no way to answer."""
        while self.answers and (left_ms := int((until - time.monotonic()) * 1000)) > 0:
            try:
                data = self._read(left_ms)
            except usb.core.USBError as error:
                raise WireBroken(_reason(error)) from None
            if data:
                return data
            time.sleep(min(PAUSE_S, left_ms / 1000))
        return b""

    def close(self) -> None:
        """See Wire.close."""
        if self._device is not None:
            with contextlib.suppress(usb.core.USBError):  # pulled out: nothing to give back
                usb.util.dispose_resources(self._device)

    def _read(self, timeout_ms: int) -> bytes:
        try:
            return bytes(self._in.read(READ_BYTES, timeout_ms))
        except usb.core.USBTimeoutError:
            return b""


def _found(vendor: int, product: int, serial_number: str, backend: Any) -> Any:
    def is_it(device: Any) -> bool:
        return not serial_number or usb.util.get_string(device, device.iSerialNumber) == serial_number

    return usb.core.find(idVendor=vendor, idProduct=product, custom_match=is_it, backend=backend)


def _way_out(interface: Any) -> Any:
    return _endpoint(interface, usb.util.ENDPOINT_OUT)


def _endpoint(interface: Any, direction: int) -> Any:
    """The interface's bulk endpoint of a direction; None where it has none."""

    def is_it(endpoint: Any) -> bool:
        bulk: bool = usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        right_way: bool = usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction
        return bulk and right_way

    return usb.util.find_descriptor(interface, custom_match=is_it)


def _reason(error: BaseException) -> str:
    if getattr(error, "errno", None) == errno.EACCES:
        return "may not be used by this user (see docs/operating.md, Printers)"
    return getattr(error, "strerror", None) or str(error)
