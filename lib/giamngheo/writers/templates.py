"""The templates of `form/`, with every text escaped for XML as it enters."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FORM = Path(__file__).parent / "form"


@cache
def environment() -> Environment:
    return Environment(loader=FileSystemLoader(FORM), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, auto_reload=False)  # fmt: skip


def fill(name: str, **values) -> str:
    """The template `name` with `values`; an unknown name in it is an error."""
    return environment().get_template(name).render(values)
