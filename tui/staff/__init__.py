"""The screens of staff and of the hall."""
