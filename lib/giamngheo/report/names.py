"""The names that sentences and narrative may use: a table to look at, and a record for marked Markdown cells."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from giamngheo.figures.trace import Figure
from giamngheo.present import Table
from giamngheo.report.stored import described

NAMES = "application/vnd.giamngheo.names"  # its content is JSON as text: {name: words, or a figure's description}


@dataclass(frozen=True)
class Names(Table):
    """The table of names; an executed notebook stores with it what each of them prints."""

    figures_and_words: Mapping[str, Figure | str] = field(default_factory=dict, repr=False)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        said = {name: one if isinstance(one, str) else described(one) for name, one in self.figures_and_words.items()}
        return {NAMES: json.dumps(said, ensure_ascii=False, indent=0)}
