"""The document as one HTML file: no script, no request, readable on a screen, on a phone and on paper."""

from base64 import b64encode

from giamngheo.writers import layout, templates


def write(document: dict) -> bytes:
    """The page as UTF-8; its form is `form/form.html` and `form/form.css`."""
    return templates.fill("form.html", embedded=_embedded, **layout.arrange(document)).encode()


def _embedded(svg: str) -> str:
    """A drawing as a data address: a browser runs no script in it and fetches nothing for it."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def passage(bundle: dict) -> str:
    """Blocks as they will look in the document, without a page around them."""
    figures = {name: figure | {"href": f"#so-{name}"} for name, figure in bundle["figures"].items()}
    meta = {"draft": [], "synthetic": False, "title": "", "issuer": "", "key": ""}
    blocks = [block | {"number": block.get("number", "")} for block in bundle["blocks"]]
    page = write({"meta": meta, "blocks": blocks, "figures": figures}).decode()
    return page.partition("<main>")[2].partition("</main>")[0].strip()
