"""Files that were handed over in a conversation: whoever had it gets them, and nobody else."""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.core.cards import File
from bot.frontends.web.session import Session, session_of
from bot.service.desk import Desk
from bot.service.ports import Token

_MOST_SHOWN = 100
# Only these are drawn by browsers without being able to run anything.
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def address_of(file: File) -> str:
    """Return where a file of one's own conversation is found."""
    return f"/file/{_digest(file)}/{quote(file.name, safe='')}"


def is_picture(file: File) -> bool:
    """Tell whether a browser may draw a file in the page."""
    return file.kind in PICTURES


@dataclass(frozen=True, slots=True)
class Attachments:
    """Hands out the files of the asker's own conversation."""

    desk: Desk
    token: Token

    async def show(self, request: Request) -> Response:
        """Send one file: a picture to be looked at, everything else to be kept."""
        digest = str(request.path_params["digest"])
        file = await self._find(session_of(request, self.token), digest)
        if file is None:
            raise HTTPException(404)
        how = "inline" if is_picture(file) else "attachment"
        named = f"{how}; filename*=utf-8''{quote(file.name, safe='')}"
        return Response(file.content, media_type=file.kind, headers={"Content-Disposition": named})

    async def _find(self, session: Session, digest: str) -> File | None:
        now = self.desk.clock()
        since = now - self.desk.retention.transcript
        async with self.desk.store.work(now) as work:
            exchanges = await work.transcript(session.place, since, _MOST_SHOWN)
        files = (card.file for exchange in exchanges for card in exchange.cards)
        return next((file for file in files if file and _digest(file) == digest), None)


def _digest(file: File) -> str:
    return sha256("\0".join([file.name, file.kind, file.base64]).encode()).hexdigest()[:32]
