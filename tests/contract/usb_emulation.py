"""USB without a bus: a backend of pyusb's own kind with one printer on it, whose inside is the emulated printer.

pyusb and our wire run for real down to what libusb would be asked.
"""

import errno
import select
import socket
import time
from types import SimpleNamespace

import usb.backend
import usb.core

VENDOR, PRODUCT = 0x04B8, 0x0E15
OUT, IN = 0x01, 0x82


def trouble(number: int, words: str) -> usb.core.USBError:
    kind = usb.core.USBTimeoutError if number == errno.ETIMEDOUT else usb.core.USBError
    return kind(words, number, number)


class UsbBus(usb.backend.IBackend):  # type: ignore[misc] # pyusb has no types
    """One plug. `plugged` False: pulled out, in the middle of whatever."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._printer: socket.socket | None = None
        self._configuration = 0
        self.plugged = True
        self.allowed = True
        self.answering = True
        self.kernel_driver = True
        self.claimed = False
        self.timeouts_ms: list[int] = []

    # --- what is on the bus ---------------------------------------------------------------------------------------

    def enumerate_devices(self):
        return iter(["printer"] if self.plugged else [])

    def get_device_descriptor(self, dev):
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x100, iManufacturer=0, iProduct=0,
            iSerialNumber=0, bNumConfigurations=1, address=5, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev, config):
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev, intf, alt, config):
        if intf or alt:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=2 if self.answering else 1, bInterfaceClass=7, bInterfaceSubClass=1,
            bInterfaceProtocol=2 if self.answering else 1, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=2, wMaxPacketSize=64, bInterval=0,
            bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    # --- taking and giving back -----------------------------------------------------------------------------------

    def open_device(self, dev):
        self._look()
        if not self.allowed:
            raise trouble(errno.EACCES, "Access denied (insufficient permissions)")
        return dev

    def close_device(self, dev_handle):
        if self._printer is not None:
            self._printer.close()
            self._printer = None

    def get_configuration(self, dev_handle):
        self._look()
        return self._configuration

    def set_configuration(self, dev_handle, config_value):
        self._look()
        self._configuration = config_value

    def claim_interface(self, dev_handle, intf):
        self._look()
        if self.kernel_driver:
            raise trouble(errno.EBUSY, "Resource busy")
        self.claimed = True

    def release_interface(self, dev_handle, intf):
        self._look()
        self.claimed = False

    def is_kernel_driver_active(self, dev_handle, intf):
        return self.kernel_driver

    def detach_kernel_driver(self, dev_handle, intf):
        self.kernel_driver = False

    # --- data -----------------------------------------------------------------------------------------------------

    def bulk_write(self, dev_handle, ep, intf, data, timeout):
        assert (ep, self.claimed) == (OUT, True)
        printer, until = self._reach(timeout)
        body, went = bytes(data), 0
        while went < len(body):
            _, writable, _ = select.select([], [printer], [], max(0.0, until - time.monotonic()))
            self._look()
            if not writable:
                if went:
                    return went
                raise trouble(errno.ETIMEDOUT, "Operation timed out")
            try:
                went += printer.send(body[went : went + 64])
            except OSError:
                self._lost()
        return went

    def bulk_read(self, dev_handle, ep, intf, buff, timeout):
        assert (ep, self.claimed) == (IN, True)
        printer, until = self._reach(timeout)
        readable, _, _ = select.select([printer], [], [], max(0.0, until - time.monotonic()))
        self._look()
        if not readable:
            raise trouble(errno.ETIMEDOUT, "Operation timed out")
        try:
            data = printer.recv(len(buff))
        except OSError:
            data = b""
        if not data:
            self._lost()
        for at, byte in enumerate(data):
            buff[at] = byte
        return len(data)

    def _reach(self, timeout_ms: int) -> tuple[socket.socket, float]:
        """To libusb no time is for ever: our wire must never say so."""
        self.timeouts_ms.append(timeout_ms)
        self._look()
        if self._printer is None:
            try:
                self._printer = socket.create_connection(("127.0.0.1", self._port), timeout=2)
            except OSError:
                self._lost()
            assert self._printer
            self._printer.setblocking(False)
        return self._printer, time.monotonic() + timeout_ms / 1000

    def _look(self) -> None:
        if not self.plugged:
            raise trouble(errno.ENODEV, "No such device (it may have been disconnected)")

    def _lost(self) -> None:
        """A printer without power is no longer on the bus."""
        self._printer = None
        self.plugged = False
        self._look()
