"""Tests of the HiWiFi client."""
