"""Tests of what judges the measurements."""
