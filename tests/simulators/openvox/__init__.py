"""Tests of the simulated OpenVox gateway."""
