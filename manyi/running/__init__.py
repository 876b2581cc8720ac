"""Running the screens: stores opened, apps built and run, exit codes returned."""
