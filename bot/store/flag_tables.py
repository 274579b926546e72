"""The tables of flags and of questions that nobody could answer."""
