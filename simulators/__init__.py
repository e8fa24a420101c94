"""Faithful simulators of the devices, over real HTTP."""
