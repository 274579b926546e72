"""Two sets of changes to the same files, put together item by item; never one over the other."""

from collections.abc import Mapping

from bot.formats.items import Listed, cut
from bot.formats.problems import PackError, Problem, quoted

LISTS = frozenset({"facts.yaml", "quiz.yaml", "checks.yaml"})
_CURE = "look at both versions, and make the change again in a draft of the newest one"


def merge(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str]:
    """Return their files with our changes; raise PackError where both changed the same thing."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name in {**theirs, **ours}:
        was, own, new = base.get(name, ""), ours.get(name, ""), theirs.get(name, "")
        if own in (was, new):
            text = new
        elif new == was:
            text = own
        elif name in LISTS:
            text, clashes = _listed(cut(was), cut(own), cut(new))
            problems += [Problem(name, 0, f"both changed {quoted(i)}", _CURE) for i in clashes]
        else:
            text = ""
            problems.append(Problem(name, 0, "both changed this file", _CURE))
        if text:
            found[name] = text
    if problems:
        raise PackError(problems)
    return found


def _listed(base: Listed, ours: Listed, theirs: Listed) -> tuple[str, list[str]]:
    was, own, new = ({c.id: c.body for c in one.chunks} for one in (base, ours, theirs))
    changed = [i for i in {**was, **own} if was.get(i) != own.get(i)]
    clashes = [i for i in changed if new.get(i) not in (was.get(i), own.get(i))]
    merged = theirs.with_items({i: own[i] for i in changed if i in own})
    for name in changed:
        if name not in own:
            merged = merged.without(name)
    return merged.text, clashes
