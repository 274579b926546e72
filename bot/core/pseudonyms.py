"""Names to go by in a class, for who does not want to be known by their own."""

from hashlib import sha256

_HOW = (
    "Amber Blue Brave Bright Calm Clever Copper Coral Early Fair Gentle Golden Grand Green Happy Keen "
    "Kind Lively Lucky Merry Mild Noble Patient Plain Proud Quick Quiet Rapid Red Royal Scarlet Sharp "
    "Silver Slender Smooth Steady Strong Sunny Swift Tall Tidy Violet Warm White Wide Wild Wise Young"
).split()
_WHO = (
    "Alder Ash Aspen Badger Beech Birch Bison Cedar Crane Curlew Cypress Dolphin Dove Elder Elm Falcon "
    "Fern Finch Fir Fox Gannet Hare Hazel Heron Ibis Ibex Jay Juniper Kite Larch Lark Lemur Linnet Lynx "
    "Magpie Maple Marten Oak Orca Osprey Otter Owl Petrel Pine Plover Poplar Puffin Raven Robin Rowan "
    "Salmon Seal Spruce Starling Stork Swallow Swan Swift Tern Thrush Tiger Willow Wren Yew"
).split()


def pseudonym(seed: str) -> str:
    """Return the name that belongs to a seed; it tells nothing about the seed."""
    digest = sha256(seed.encode()).digest()
    how = _HOW[int.from_bytes(digest[:4]) % len(_HOW)]
    who = _WHO[int.from_bytes(digest[4:8]) % len(_WHO)]
    return f"{how} {who}"
