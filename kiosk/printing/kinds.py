"""What a printer, its line and its ways can be: the words that stand in a device file. It must never know what they do."""

from typing import Literal

Profile = Literal[
    "TM-T20II", "TM-T88V", "TM-P80", "TM-L90", "TM-U220", "CT-S651", "RP326", "P822D", "NT-80-V-UL",
    "POS-5890", "ZJ-5870", "NT-5890K", "Sunmi-V2", "default", "simple",
]  # fmt: skip
"""Kinds of printers, as the library calls them. "simple" is for what nobody knows: no QR of its own, no cutter."""

Fence = Literal["paper-sensor", "echo"]
"""What is asked after a job: GS r 1, which nearly all know, or GS ( H, which names the job and which few clones know."""

Flow = Literal["none", "xon-xoff", "rts-cts"]
"""How the printer says "wait". Printers set to DTR/DSR need a cable that leads DTR to CTS, then "rts-cts"."""
