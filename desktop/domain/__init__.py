"""Patients, encounters and what is recorded of them: pure values, no input or output, no Qt."""
