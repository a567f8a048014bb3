"""A page on this machine that shows the report while one works on it, and renews itself with every file that is saved.

`pages` holds what is shown and answers the browser; `watching` is a warm process beside it that sees files change and forks
`making`, which runs again what `dependence` says. Nothing is written but into a folder of its own, which goes with it.
"""
