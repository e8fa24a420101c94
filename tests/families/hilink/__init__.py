"""Tests of the HiLink family in Home Assistant."""
