"""The tables of banks: versions, drafts, publications."""
