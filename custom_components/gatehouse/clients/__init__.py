"""Clients of the four device protocols; nothing here knows Home Assistant."""
