"""From findings to a differential: danger rules, priors, evidence that adds up, triage, questions, coverage."""
