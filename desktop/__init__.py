"""Barefoot's desktop half: keeps patients safe and shows what the engine thinks."""

__version__ = "0.1.0"
