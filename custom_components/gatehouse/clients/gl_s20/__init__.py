"""Client of the GL-S20 Thread border router's HTTP API."""
