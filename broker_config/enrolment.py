"""A device's file as text: what makes a device one of the hall's. Pure; knows no folder.

Whoever has this file is the device: it holds its password.
"""

import tomlkit
from tomlkit.items import Table

from assets.device_file import DeviceFile


def device_file_text(file: DeviceFile) -> str:
    """The TOML of a device file. Anything is quoted as TOML wants it, so that no value can become a key."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Whoever has this file is this device: it holds its password."))
    document.add("hall", tomlkit.string(file.hall))
    document.add("device", _device(file))
    document.add("broker", _broker(file))
    return tomlkit.dumps(document)


def _device(file: DeviceFile) -> Table:
    table = tomlkit.table()
    table.add("id", file.device.id)
    table.add("role", file.device.role)
    table.add("password", file.device.password)
    if file.device.counter is not None:
        table.add("counter", file.device.counter)
    if file.device.zones:
        table.add("zones", list(file.device.zones))
    if file.device.group is not None:
        table.add("group", file.device.group)
    return table


def _broker(file: DeviceFile) -> Table:
    table = tomlkit.table()
    table.add("host", file.broker.host)
    table.add("port", file.broker.port)
    table.add("tls", file.broker.tls)
    if file.broker.ca is not None:
        table.add("ca", file.broker.ca)
        table["ca"].comment("relative to this file")
    if file.broker.mqtt != "5":
        table.add("mqtt", file.broker.mqtt)
    return table
