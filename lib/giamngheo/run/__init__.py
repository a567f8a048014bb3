"""Making reports: one, many, on other machines, and the same one again."""
