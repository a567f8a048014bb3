"""What the year's counts give: rates, changes, money; each figure with the figures it is made of and its lines."""
