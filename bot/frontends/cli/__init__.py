"""The command line: questions and checks, answered at once and kept nowhere."""
