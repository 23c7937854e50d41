"""What happens on a screen, without Qt."""
