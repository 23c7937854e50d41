"""Small parts of screens; none of them knows the engine or the vault."""
