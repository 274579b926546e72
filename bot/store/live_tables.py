"""The tables of quiz sessions: questions, participants, answers, deadlines."""
