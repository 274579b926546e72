"""The tables of settings, wishes and reminders."""
