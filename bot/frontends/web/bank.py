"""The pages for people who look after question banks: everything that can be done with a bank."""

from starlette.routing import BaseRoute

from bot.frontends.web.bank_drafts import DraftPages
from bot.frontends.web.bank_edit import EditPages
from bot.frontends.web.bank_export import ExportPages
from bot.frontends.web.bank_history import HistoryPages
from bot.frontends.web.bank_imports import ImportPages
from bot.frontends.web.bank_list import ListPage
from bot.frontends.web.bank_site import BankSite
from bot.frontends.web.view import View
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.ports import Token


def bank_pages(desk: Desk, view: View, token: Token, banks: Banks | None) -> list[BaseRoute]:
    """Return where all of the pages stand."""
    site = BankSite(desk, view, token, banks or Banks(desk.store, desk.clock))
    return [
        *ImportPages(site).routes(),
        *DraftPages(site).routes(),
        *HistoryPages(site).routes(),
        *ExportPages(site).routes(),
        *EditPages(site).routes(),
        *ListPage(site).routes(),
    ]
