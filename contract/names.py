"""The names that the programs call things by, as types, and the limits that every name keeps.

Pure: nothing here reaches a wire, a clock or a disk.
"""

from datetime import datetime
from typing import Annotated, NewType

from msgspec import Meta

HallId = NewType("HallId", str)
DeviceId = NewType("DeviceId", str)
AgencyId = NewType("AgencyId", str)
ServiceId = NewType("ServiceId", str)
CounterId = NewType("CounterId", str)
ZoneId = NewType("ZoneId", str)
ErrandId = NewType("ErrandId", str)
TicketId = NewType("TicketId", str)
CallId = NewType("CallId", str)
RequestId = NewType("RequestId", str)
NoticeId = NewType("NoticeId", str)

Number = NewType("Number", str)
"""What stands on the ticket: prefix and digits, "K007"."""

Language = NewType("Language", str)
"""A language by its ISO 639 code: "id", "en", or three letters such as "bjn"."""

Text = dict[Language, str]
"""One text in several languages. The hall's first language is always there."""

LEVEL_PATTERN = r"^[a-z0-9-]{1,40}\Z"
"""What a topic level, and therefore every id that becomes one, may look like.

Patterns end in \\Z, not in $, which would let a line break pass at the end.
"""

NUMBER_PATTERN = r"^[A-Z0-9]{1,3}[0-9]{3,}\Z"

# The same names as they stand in messages: whatever comes in from outside has kept these limits once it is decoded.
Device = Annotated[DeviceId, Meta(pattern=LEVEL_PATTERN)]
Agency = Annotated[AgencyId, Meta(pattern=LEVEL_PATTERN)]
Service = Annotated[ServiceId, Meta(pattern=LEVEL_PATTERN)]
Counter = Annotated[CounterId, Meta(pattern=LEVEL_PATTERN)]
Zone = Annotated[ZoneId, Meta(pattern=LEVEL_PATTERN)]
Request = Annotated[RequestId, Meta(pattern=r"^[A-Za-z0-9_.-]{1,64}\Z")]
Ticket = Annotated[TicketId, Meta(min_length=1, max_length=64)]
GivenCall = Annotated[CallId, Meta(min_length=1, max_length=64)]
Label = Annotated[str, Meta(max_length=64)]
"""A short word of a device's own making: a version, an installation, a block."""

ChosenLanguage = Annotated[Language, Meta(pattern=r"^[a-z]{2,3}\Z")]
GivenNumber = Annotated[Number, Meta(pattern=NUMBER_PATTERN, max_length=12)]
FollowCode = Annotated[str, Meta(min_length=1, max_length=64)]
"""What a phone follows a ticket by: the last part of its address."""

LONGEST_DETAIL = 400
Detail = Annotated[str, Meta(max_length=LONGEST_DETAIL)]
"""Free words from a device, for logs and technicians; never shown to visitors."""

Moment = Annotated[datetime, Meta(tz=True)]
"""A time with its offset (RFC 3339), by the hub's clock."""

Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]
"""No larger than every JSON reader and every database can hold."""

CLOCK_PATTERN = r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z"
ClockTime = Annotated[str, Meta(pattern=CLOCK_PATTERN)]
"""A time of the hall's day, "07:30"; "24:00" ends a day."""
