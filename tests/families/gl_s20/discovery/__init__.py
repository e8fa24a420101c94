"""Tests of GL-S20s that show themselves on the network."""
