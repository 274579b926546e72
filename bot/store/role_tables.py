"""The tables of roles, sign-ins and the audit log."""
