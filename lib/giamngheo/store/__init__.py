"""How files are kept: whole or not at all, one holder at a time, with a record of what went in."""
