"""Workshop: checks the reviewable knowledge sources and compiles them into the assessment pack."""
