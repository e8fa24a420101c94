"""Tests of HiWiFi routers by way of a cloud."""
