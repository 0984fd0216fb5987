"""Assembly: settings, clock, intake, web, demo, command line. Imported by nobody."""
