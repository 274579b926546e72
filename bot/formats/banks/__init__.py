"""Question banks: files of many makers to questions and back, with every problem named."""
