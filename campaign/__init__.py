"""The campaign: plan, log, calendar, status, progress and errors. Standard library and pydantic only."""
