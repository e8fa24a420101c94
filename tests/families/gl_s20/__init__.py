"""Tests of a GL-S20 in Home Assistant."""
