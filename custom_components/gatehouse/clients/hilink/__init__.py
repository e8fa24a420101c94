"""Client of the Huawei HiLink API."""
