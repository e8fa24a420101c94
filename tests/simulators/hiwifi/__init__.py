"""Tests of the HiWiFi simulators."""
