"""The tables of flags and of questions that nobody could answer.

What was reported stands in `reports`; here stands what became of it.
"""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from bot.store.base import Moment, metadata, people
from bot.store.tables import reports


def _theirs(*, primary_key: bool = False) -> Column[int]:
    """Refer to the person whose row it is: it goes with them."""
    whose = ForeignKey(people.c.id, ondelete="CASCADE")
    if primary_key:
        return Column("person", Integer, whose, primary_key=True)
    return Column("person", Integer, whose, nullable=False, index=True)


triages = Table(
    "triages",
    metadata,
    Column("report", Integer, ForeignKey(reports.c.number, ondelete="CASCADE"), primary_key=True),
    # In which the reporter is told.
    Column("language", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("by", Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True),
    Column("at", Moment),
    # The number of the report that says the same; it may be gone by now.
    Column("of", Integer, nullable=False),
    # The version in which it was mended.
    Column("version", Integer, nullable=False),
    # When the reporter was told what came of it.
    Column("told", Moment),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Integer, primary_key=True),
    _theirs(),
    Column("language", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("state", String, nullable=False, index=True),
    # The fact that is to answer it, once one is in a draft.
    Column("pack", String, nullable=False),
    Column("fact", String, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

fact_forms = Table(
    "fact_forms",
    metadata,
    _theirs(primary_key=True),
    Column("form", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

corrections_told = Table(
    "corrections_told",
    metadata,
    _theirs(primary_key=True),
    Column("pack", String, primary_key=True),
    Column("fact", String, primary_key=True),
    Column("hash", String, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

followed = Table(
    "followed",
    metadata,
    # Of which publications people were told; each worker leaves out what another has done.
    Column("publication", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)
