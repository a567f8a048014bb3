"""The document as one HTML file: no script, no request, readable on a screen, on a phone and on paper."""

from base64 import b64encode
from collections.abc import Callable
from urllib.parse import quote

from markupsafe import Markup, escape

from giamngheo.writers import arrangement, templates


def write(document: dict) -> bytes:
    """The page as UTF-8; its form is `form/form.html` and `form/form.css`, that of its blocks `form/blocks.html`."""
    return _filled("form.html", document).encode()


def _filled(form: str, document: dict) -> str:
    arranged = arrangement.arrange(document)
    runs = _runs(arranged["figures"], document.get("given", {}))
    return templates.fill(form, embedded=_embedded, points=arrangement.points, runs=runs, **arranged)


def _runs(figures: dict[str, dict], given: dict[str, dict]) -> Callable[[list[dict]], Markup]:
    """What sets runs of text, thousands of them a report: a number links to its cell, a reference to its table."""
    links = {name: _link(figure["href"], figure.get("arithmetic") or figure["label"]) for name, figure in (given | figures).items()}

    def run(item: dict) -> str:
        text = str(escape(item["text"]))
        for name, tag in (("italic", "i"), ("bold", "b")):
            text = f"<{tag}>{text}</{tag}>" if item.get(name) else text
        if figure := item.get("figure") or item.get("given"):
            opening, closing = links[figure]
            return f"{opening}{text}{closing}"
        if reference := item.get("ref"):
            return f'<a class="den" href="#{quote(reference)}">{text}</a>'
        return text

    return lambda items: Markup("".join(map(run, items)))


def _link(href: str, title: str) -> tuple[Markup, str]:
    """What stands before and behind a number: a link to its cell; where that lies nowhere near, its arithmetic alone."""
    if not href:
        return Markup('<span class="so" tabindex="0" title="{}">').format(title), "</span>"
    return Markup('<a class="so" href="{}" title="{}">').format(href, title), "</a>"


def _embedded(svg: str) -> str:
    """A drawing as a data address: a browser runs no script in it and fetches nothing for it."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def passage(bundle: dict) -> str:
    """Blocks as they will look in the document, without a page around them."""
    figures, given = (
        {name: figure | {"href": f"#so-{name}"} for name, figure in bundle.get(kind, {}).items()} for kind in ("figures", "given")
    )
    meta = {"draft": [], "synthetic": False, "title": "", "issuer": "", "key": ""}
    blocks = [block | {"number": block.get("number", "")} for block in bundle["blocks"]]
    return _filled("passage.html", {"meta": meta, "blocks": blocks, "figures": figures, "given": given}).strip()
