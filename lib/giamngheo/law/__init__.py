"""The law at a date, and the dictionary: dated tables of `data/`, read and asked, never code."""
