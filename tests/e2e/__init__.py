"""A walk through Home Assistant with a real browser; run it with scripts/e2e."""
