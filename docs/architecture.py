"""Draw `images/architecture.svg`, the rooms of the library on their floors, from its imports: python docs/architecture.py"""

import ast
from html import escape
from pathlib import Path

PROJECT = Path(__file__).parents[1]
LIBRARY = PROJECT / "lib" / "giamngheo"
PICTURE = Path(__file__).with_name("images") / "architecture.svg"
WIDTH, HEIGHT, GAP = 132, 32, 34  # of a room, and between floors, in pixels
LINK = '<path d="M{x1} {y1} C{x1} {m1} {x2} {m2} {x2} {y2}" fill="none" stroke="#8a8f98" marker-end="url(#arrow)"/>'
ROOM = (
    '<g><title>{said}</title><rect x="{x}" y="{y}" width="{w}" height="{h}" rx="5" fill="#eef3f8" stroke="#35506b"/>'
    '<text x="{cx}" y="{ty}" text-anchor="middle" font-weight="bold">{name}</text></g>'
)
PAGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" font-family="sans-serif" '
    'font-size="13" role="img"><title>{title}</title><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" '
    'markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8a8f98"/></marker></defs>'
    '<rect width="100%" height="100%" fill="#fff"/>{links}{rooms}</svg>\n'
)

Imports = dict[str, set[str]]


def files() -> dict[str, list[Path]]:
    """The Python files of every room; a module beside the rooms is a room of its own."""
    found: dict[str, list[Path]] = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        room = path.relative_to(LIBRARY).parts[0].removesuffix(".py")
        if room != "__init__":
            found.setdefault(room, []).append(path)
    return found


def imported(path: Path, rooms: set[str]) -> set[str]:
    """The rooms that a file imports from, at its head or later."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == LIBRARY.name:
            inside = node.module.split(".")[1:]
            found |= {inside[0]} if inside else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith(f"{LIBRARY.name}.")}
    return found & rooms


def imports() -> Imports:
    """The other rooms that each room imports from."""
    rooms = files()
    return {room: set().union(*(imported(path, set(rooms)) for path in paths)) - {room} for room, paths in rooms.items()}


def floors(below: Imports) -> list[list[str]]:
    """The rooms from the ground up: each stands one floor above the highest that it imports from.

    >>> floors({"cli": {"law", "findings"}, "law": {"findings"}, "findings": set()})
    [['findings'], ['law'], ['cli']]
    """
    standing: list[list[str]] = []
    placed: set[str] = set()
    while len(placed) < len(below):
        floor = sorted(room for room, needed in below.items() if room not in placed and needed <= placed)
        if not floor:
            raise ValueError(f"a circle of imports: {', '.join(sorted(below.keys() - placed))}")
        standing.append(floor)
        placed |= set(floor)
    return standing


def reachable(room: str, below: Imports) -> set[str]:
    return below[room].union(*(reachable(other, below) for other in below[room]))


def direct(below: Imports) -> Imports:
    """The arrows without those that a longer way says already: from a to c where a leads to b and b to c.

    >>> direct({"a": {"b", "c"}, "b": {"c"}, "c": set()})["a"]
    {'b'}
    """
    return {
        room: needed - set().union(*(reachable(other, below) for other in needed)) for room, needed in below.items()
    }


def said(room: str) -> str:
    """The first line of what a room says of itself."""
    own = LIBRARY / room / "__init__.py"
    text = ast.get_docstring(ast.parse((own if own.exists() else LIBRARY / f"{room}.py").read_text(encoding="utf-8")))
    return (text or "").partition("\n")[0]


def drawing() -> str:
    """The picture: the ground floor at the bottom, arrows from a room to those it imports from."""
    below = imports()
    house = floors(below)
    wide = max(map(len, house)) * (WIDTH + 24) + 24
    high = len(house) * (HEIGHT + GAP) + GAP
    at = {
        room: (wide / 2 + (place - (len(floor) - 1) / 2) * (WIDTH + 24), high - (level + 1) * (HEIGHT + GAP))
        for level, floor in enumerate(house)
        for place, room in enumerate(floor)
    }
    links = "".join(
        LINK.format(x1=at[a][0], y1=at[a][1] + HEIGHT, m1=at[a][1] + HEIGHT + GAP, x2=at[b][0], m2=at[b][1] - GAP, y2=at[b][1])
        for a, needed in direct(below).items()
        for b in sorted(needed)
    )
    rooms = "".join(
        ROOM.format(
            said=escape(said(room)), name=room, w=WIDTH, h=HEIGHT, x=x - WIDTH / 2, y=y, cx=x, ty=y + HEIGHT / 2 + 5
        )
        for room, (x, y) in sorted(at.items())
    )
    title = f"{len(below)} rooms on {len(house)} floors; every import runs down"
    return PAGE.format(w=round(wide), h=high, title=title, links=links, rooms=rooms)


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")
