"""Tests of the simulated GL-S20."""
