"""Text messages, whatever device carries them."""
