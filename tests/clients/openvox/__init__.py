"""Tests of the OpenVox client."""
