"""The document as one HTML file: no script, no request, readable on a screen, on a phone and on paper."""

from base64 import b64encode

from giamngheo.writers import layout, templates


def write(document: dict) -> bytes:
    """The page as UTF-8; its form is `form/form.html` and `form/form.css`."""
    return templates.fill("form.html", embedded=_embedded, **layout.arrange(document)).encode()


def _embedded(svg: str) -> str:
    """A drawing as a data address: a browser runs no script in it and fetches nothing for it."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
