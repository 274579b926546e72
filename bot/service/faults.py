"""Errors for the log: what and where, never what somebody wrote."""

import traceback


def fault(problem: BaseException) -> str:
    """Name an error and its place; not its message, which may hold a piece of a question."""
    last = traceback.extract_tb(problem.__traceback__)[-1:]
    return " ".join([type(problem).__name__, *(f"at {f.filename}:{f.lineno}" for f in last)])
