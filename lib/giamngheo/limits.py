"""How much of anything is taken from a file, a cell or a command, and why no more.

Every limit is far above what a commune's year needs (a thousand communes were looked at in the made-up provinces) and far
below what would fill a laptop's memory. A message that refuses says which limit it was, how much there was and what to do.
"""

REMARK = 2_000  # characters of a remark or a name: half a page, what a cell of a printed list can show
JOBS = 512  # reports at once: twice the processors of the largest machine we heard of
COMMUNES = 20_000  # of a made-up province: Viet Nam had 11,162 of all kinds
VILLAGES = 5_000  # of a commune: the largest have some hundred
PLANTED = 1_000_000  # errors in made-up data
TOLD = 100_000  # characters of what another machine says of a report
REPORT = 1 << 30  # bytes of all files of a report that another machine sends
