"""All formats that can be written, by name."""

from collections.abc import Callable, Iterable, Mapping

from bot.core.quiz import Question
from bot.formats.banks import (
    aiken,
    aiken_write,
    csv_file,
    gift,
    gift_write,
    moodle_write,
    moodle_xml,
    own,
)
from bot.formats.banks.sheets_write import write_csv, write_kahoot
from bot.formats.banks.written import Written

Writer = Callable[[Iterable[Question]], Written]

WRITERS: Mapping[str, Writer] = {
    own.YAML: lambda questions: Written(own.write_yaml(questions)),
    own.JSON: lambda questions: Written(own.write_json(questions)),
    gift.NAME: gift_write.write,
    moodle_xml.NAME: moodle_write.write,
    csv_file.NAME: write_csv,
    "kahoot": write_kahoot,
    aiken.NAME: aiken_write.write,
}
