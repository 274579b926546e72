"""The least that a server can do with a form: read it, and send some of it back. The limit of the page.

python -m benchmarks.page_echo PORT
"""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route


async def echo(request: Request) -> HTMLResponse:
    """Send back what came, with about as much around it as a part of the page has."""
    return HTMLResponse(f"<p>{(await request.body()).decode()}</p>" + " " * 1_500)


if __name__ == "__main__":
    app = Starlette(routes=[Route("/", echo, methods=["GET", "POST"])])
    uvicorn.run(app, port=int(sys.argv[1]), log_level="warning", access_log=False, backlog=1_024)
