"""Codes that a phone's camera reads: an address as black squares."""

from functools import lru_cache
from io import BytesIO

import segno
from starlette.responses import Response


@lru_cache(maxsize=64)
def drawing(address: str) -> bytes:
    """Draw an address: black on white also where the page is dark, with the quiet edge it needs."""
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False, boost_error=True)
    code.save(
        drawn,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        omitsize=True,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
    )
    return drawn.getvalue()


def picture(address: str) -> Response:
    """Send the drawing; no browser keeps it, since the address may change with the network."""
    return Response(drawing(address), media_type="image/svg+xml")
