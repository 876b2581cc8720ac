"""manyi (满意): the command line, the settings and the wiring of all parts."""

__version__ = "0.2.0"
