"""Text to packs and checks: strict reading, with every problem named by file, line, cause and cure."""
