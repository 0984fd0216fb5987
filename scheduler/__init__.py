"""The clockwork: APScheduler nudges, one task delivers. What is due lives in storage."""
