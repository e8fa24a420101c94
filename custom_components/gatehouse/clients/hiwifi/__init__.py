"""HiWiFi routers: the signed OpenAPI, locally and by the cloud, and the administrator's calls."""
