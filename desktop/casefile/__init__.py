"""The sealed case file: CASE_FILE.md is the normative text; this package seals, inspects, opens and unpacks it."""
