"""The strict reader of YAML, for banks: its problems become problems of the draft."""

from bot.formats.banks.draft import Drafting
from bot.formats.banks.refusing import Refused
from bot.formats.problems import PackError, Problems
from bot.formats.strict_yaml import Most, Node, read_yaml

_MOST = Most(8_000_000, 330_000)


def yaml_tree(text: str, drafting: Drafting, *, twins: bool = False) -> Node:
    """Return the tree of a YAML file; refuse the file where its form is wrong.

    Where keys are questions, the second of two equal ones is a problem of that question only.
    """
    doubled = Problems() if twins else None
    try:
        tree = read_yaml(text.encode(), drafting.file, doubled, _MOST)
    except PackError as error:
        *others, last = error.problems
        for problem in others:
            drafting.fatal(problem.line, problem.cause, problem.cure)
        raise Refused(last.cause, last.cure, last.line) from error
    for problem in doubled.error().problems if doubled else ():
        drafting.lost(problem.line, "", problem.cause, problem.cure)
    return tree
