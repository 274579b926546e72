"""What `doublecheck bank` says about itself."""

ABOUT = """\
Question banks: import them from many formats into a draft, look at what a draft changes, publish
it, go back. Formats: Moodle GIFT and XML, Aiken, tables (our own template, Kahoot, Wayground,
Blooket) as CSV or XLSX, trivia lists of Red-DiscordBot, the Open Trivia Database, and our own
YAML and JSON. docs/banks.md says what each can hold, and how versions work."""

_IMPORT = """\
Reads a bank into a draft, all of it or nothing, and names every problem with its place, its cause
and its cure. Questions of the same id are replaced, new ones are added, and nothing is published:
look at the draft with `bank diff`, then `bank publish`. Without --pack a bank of its own is begun,
which is called as the file is."""

_IMPORT_MORE = """\
The exit code is 0 where it was imported, 1 where it was refused, 2 where the file cannot be read.
--json prints {"status", "questions", "problems": [{place, cause, cure, severity}]}; status is
imported or refused (with --dry-run: what would come of it).

examples:
  doublecheck bank import lesson3.gift
  doublecheck bank import export.xml --pack biology-7 --leave-out-refused
  doublecheck bank import quiz.xlsx --title "Rivers" --source "the atlas" """

_DIFF = """\
Says what differs by what it means (added, removed, key changed, verdict changed, wording only) and
what that touches: running quizzes, assignments, past answers, answers that people keep. A draft
is set against what is published; a bank against its newest draft, or its versions A and B against
each other; a file against what is published, as if it were imported."""

_PUBLISH = """\
Makes a version of a draft and publishes it. It is refused where a check of the bank's checks.yaml
is no longer met, where somebody published another version meanwhile, and where a change concerns
real deaths or injuries and nobody else has looked at it."""

_VALIDATE = """\
Reads a bank as an import would, and names every problem with its place, its cause and its cure.
Nothing is stored. The format is found by what is in the file, not by its name."""

_VALIDATE_MORE = """\
The exit code is 0 where the bank can be imported, 1 where it is refused, 2 where the file cannot
be read. --json prints {"status", "format", "questions", "problems": [{place, cause, cure,
severity}]}; status is importable or refused, and severity is

  fatal     nothing of the file can be imported
  error     one question cannot be imported; with --leave-out the others can
  warning   it can be imported, but somebody should look at it

examples:
  doublecheck bank validate lesson3.gift
  doublecheck bank validate export.xml --leave-out --json
  doublecheck bank validate pasted.txt --from aiken-loose"""

_CONVERT = """\
Reads a bank and writes it in another format. What that format cannot hold is said; where whole
questions would be missing, nothing is written unless you add --leave-out."""

_CONVERT_MORE = """\
Formats: yaml and json (ours; they hold everything), gift, moodle-xml, csv (our template), kahoot
(a table that Kahoot imports), aiken (single choice without feedback).

examples:
  doublecheck bank convert lesson3.gift --to yaml -o lesson3.yaml
  doublecheck bank convert quiz.yaml --to kahoot -o kahoot.xlsx --leave-out
  doublecheck bank convert export.xml --to gift -o - | less"""

_CLAIMS = """\
Writes the checked claims of a pack as ClaimReview (schema.org, JSON-LD), each with its verdict in
words, the correction, the sources, and the caveat."""

_EXPORT = """\
Writes the questions of a bank in a format, or with --format files all its files into a folder."""

COMMANDS: dict[str, tuple[str, str, str]] = {
    "import": ("read a bank into a draft", _IMPORT, _IMPORT_MORE),
    "drafts": ("list drafts", "Lists the drafts of all banks, or of one.", ""),
    "diff": ("say what a draft changes, and what that touches", _DIFF, ""),
    "publish": ("publish a draft", _PUBLISH, ""),
    "approve": ("agree to a draft", "Says that you looked at a draft as it is now, so that somebody else may publish it.", ""),
    "rebase": ("move a draft onto what is published", "Moves the changes of a draft onto what was published meanwhile; refused where both changed the same thing.", ""),
    "throw-away": ("throw a draft away", "Puts a draft into the bin, out of which it can be taken again for 30 days.", ""),
    "restore": ("take a draft out of the bin", "Takes a draft out of the bin.", ""),
    "rollback": ("publish an earlier version again", "Publishes an earlier version again. A rollback is undone by another one; running quizzes finish on the version that they began with.", ""),
    "history": ("list versions", "Lists the versions of a bank: who published what, and when.", ""),
    "export": ("write a bank in a format", _EXPORT, ""),
    "validate": ("say what is wrong with a bank", _VALIDATE, _VALIDATE_MORE),
    "convert": ("write a bank in another format", _CONVERT, _CONVERT_MORE),
    "claims": ("write a pack's claims as ClaimReview", _CLAIMS, ""),
}  # fmt: skip
"""For each command: a few words, the text above its options, and the text below them."""
