"""Under which address other people's phones reach the page."""

import socket
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import URL

from bot.frontends.web.guard import LOOPBACK

ANY_V4, ANY_V6 = "0.0.0.0", "::"  # noqa: S104 - compared, not bound
ANYWHERE = frozenset({ANY_V4, ANY_V6})

# Addresses that are for documentation only: no packet is sent to them, but the system says which
# of its own addresses it would send from.
_FAR = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}


def own_address(host: str) -> str:
    """Return this machine's address on the network for pages that listen anywhere; "" without one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((_FAR[family], 9))
            return str(probe.getsockname()[0])
    except OSError:  # there is no network: nobody else can come
        return ""


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the page listens, and the names that it goes by."""

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    own: Callable[[str], str] = own_address

    def base(self, asked: URL) -> str:
        """Return the beginning of the addresses to give out; `asked` is how the page was opened."""
        if asked.hostname and asked.hostname not in LOOPBACK:
            return f"{asked.scheme}://{asked.netloc}"
        port = f":{asked.port}" if asked.port else ""
        if self.names:
            # Names with a page that listens to this machine alone: a proxy stands before it.
            proxied = self.host in LOOPBACK
            return f"https://{self.names[0]}" if proxied else f"http://{self.names[0]}{port}"
        name = self.own(self.host) if self.host in ANYWHERE else self.host
        if not name or name in LOOPBACK:
            return f"{asked.scheme}://{asked.netloc}"
        return f"http://[{name}]{port}" if ":" in name else f"http://{name}{port}"

    def hosts(self) -> frozenset[str]:
        """Return the names that the page answers to; empty for any.

        On a loopback address only this machine's own names can be right. Elsewhere we cannot
        know under which names the machine goes, unless they are given.
        """
        if self.host in LOOPBACK:
            return LOOPBACK | {*self.names}
        if not self.names:
            return frozenset()
        name = self.own(self.host) if self.host in ANYWHERE else ""
        return frozenset({*LOOPBACK, self.host, name, *self.names}) - {""}


THIS_MACHINE = Reach()
"""How a page is reached that listens to its own machine alone."""


def is_alone(base: str) -> bool:
    """Tell whether only this machine can open an address."""
    return URL(base).hostname in LOOPBACK
