"""The law that the tests ask: that of the project's own data folder."""

from conftest import PROJECT
from giamngheo.law.dated import Law

LAW = Law(PROJECT / "data")
