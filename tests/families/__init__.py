"""Tests of what each family shows in Home Assistant."""
