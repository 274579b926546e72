"""The forms of a real bank: what stands in it is on its form, whole, and can be shown."""

from pathlib import Path

import pytest

from bot.core.bank_diff import Sort
from bot.core.quiz import Question
from bot.formats import archive
from bot.formats.items import same_item
from bot.formats.packs import read_texts
from bot.frontends.web import bank_preview
from bot.frontends.web.bank_fields import as_fields, read
from bot.frontends.web.bank_items_form import item_at, take
from bot.frontends.web.bank_site import Looked
from bot.service.bank_editing import bare
from bot.service.desk import Desk

FOLDER = Path(__file__).parents[3] / "questions" / "us-strikes-2024"


@pytest.fixture(scope="module")
def looked() -> Looked:
    texts = archive.texts_in(FOLDER)
    return Looked("us-strikes-2024", 1, texts, read_texts(texts))


@pytest.mark.parametrize("sort", [Sort.FACT, Sort.QUESTION])
async def test_a_form_holds_all_of_an_item(looked: Looked, desk: Desk, sort: Sort):
    listed = looked.content.facts[::7] if sort is Sort.FACT else looked.content.questions[::4]
    for one in listed:
        item = item_at(looked, sort, one.id)
        assert item
        fields = {name: [text] for name, text in as_fields(item.stored) if text}

        taken = take(item, read(item.parts, fields))

        assert not taken.wrong, one.id
        if isinstance(taken.content, Question) and isinstance(item.old, Question):
            assert bare(taken.content) == bare(item.old)
            preview = bank_preview.of_question(desk, looked.content, taken.content)
        else:
            assert isinstance(taken.content, dict)
            assert isinstance(item.old, dict)
            assert same_item(taken.content, item.old), one.id
            preview = bank_preview.of_fact(desk, looked, taken.content)
        assert preview.card, (one.id, preview.lacking)
