"""HiWiFi routers in Home Assistant."""
