"""An officer's own Excel → the year's workbook: what was understood is shown first, and what is ambiguous is refused.

`sources` opens the file, `bands` finds the headings over a table, `headings` says what they mean, `columns` which column
is which quantity, `lines` which row is which unit, `totals` holds the form's own totals and rates against the numbers
taken, `forms` puts these together as what was `understood`, `written` writes it. `households` counts a list of households.
"""
