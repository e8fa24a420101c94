"""An OpenVox gateway in Home Assistant."""
