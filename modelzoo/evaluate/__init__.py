"""Measures the reading model: public sets, lay phrases, speed, agreement between processors (workshop only)."""
