"""How a front end says that it cannot start."""


class CannotStart(Exception):
    """A front end could not begin; the message says why and what to do, in words for an operator."""
