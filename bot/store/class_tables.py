"""The tables of classes and assignments."""
