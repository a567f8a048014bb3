"""The year's work: what is opened, what is to be done by when, where it stands."""
