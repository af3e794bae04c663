"""Takes what waits for a partner, gives one file; takes such a file of a partner, gives its answers as another.

Where there is no line, AS4 messages travel on a stick: each signed and encrypted as on the line, and taken
by the same checks. What answers them (receipts, errors) is a package, too, and is taken the same way.
"""

from keruen.exchange.packages.carrying import take_all
from keruen.exchange.packages.container import Manifest, Member, Package, PackageWriter, opened
from keruen.exchange.packages.packing import GIVEN_UP, WAITING, Packer
from keruen.exchange.packages.taking import Fate, Taken, Unpacker, check_addressed

__all__ = [
    "GIVEN_UP",
    "WAITING",
    "Fate",
    "Manifest",
    "Member",
    "Package",
    "PackageWriter",
    "Packer",
    "Taken",
    "Unpacker",
    "check_addressed",
    "opened",
    "take_all",
]
