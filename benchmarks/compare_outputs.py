"""Whether two checkouts make the same reports: both make them, keys and hashes of code are blanked, every byte is compared.

    python benchmarks/compare_outputs.py ../before . [--communes 1 --villages 40]

Made are the seed's report and those of a simulated district; each checkout runs with its own `.venv`. What went into a
report (`inputs`, versions, font) must be equal too. Prints the files that differ, each with its first differing line.
"""

import argparse
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from itertools import zip_longest
from pathlib import Path

SEED, SEED_YEAR, YEAR = "kong-long-khong", 2022, 2024
BLANKED = tuple(re.compile(pattern, re.DOTALL) for pattern in (
    rb"\b[0-9a-f]{64}\b",  # keys of manifests and their parts
    rb'"code": \{.*?\}',  # the files of the library and their hashes
    rb'<section id="ho-so">.*?</section>',  # the same on a page of the review edition
    rb'<pre tabindex="0"><code>.*?</code></pre>',  # the code of cells on such a page
    rb"[\w+/]{22}==",  # what a PDF is called by, made from its content
))  # fmt: skip


def run(checkout: Path, *arguments: object) -> None:
    program = (checkout / ".venv" / "bin" / "giamngheo").absolute()
    subprocess.run([program, *map(str, arguments)], cwd=checkout, check=True, stdout=subprocess.DEVNULL)


def made(checkout: Path, data: Path, units: str, out: Path) -> Path:
    """The folder of the reports that a checkout makes: the seed's, and those of the simulated units."""
    run(checkout, "report", "--unit", SEED, "--year", SEED_YEAR, "--out", out / "seed")
    run(checkout, "batch", "--data", data, "--units", units, "--year", YEAR, "--out", out / "simulated", "--keep-going")
    return out


def blanked(name: str, content: bytes) -> bytes:
    """A file's content without keys, hashes and code: of a DOCX all parts, of a notebook the results of its cells."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return b"\n".join(part.encode() + blanked(part, parts.read(part)) for part in sorted(parts.namelist()))
    if name.endswith(".ipynb"):
        results = [output.get("data", output) for cell in json.loads(content)["cells"] for output in cell.get("outputs", ())]
        content = json.dumps(results, ensure_ascii=False, indent=1).encode()
    for pattern in BLANKED:
        content = pattern.sub(b"", content)
    return content


def difference(name: str, old: bytes, new: bytes) -> str:
    """The first line in which two files differ, from shortly before the place."""
    both = zip_longest(old.splitlines(), new.splitlines(), fillvalue=b"")
    number, (one, other) = next((n, pair) for n, pair in enumerate(both, 1) if pair[0] != pair[1])
    place = next((n for n, (a, b) in enumerate(zip_longest(one, other)) if a != b), 0)
    shown = (line[max(0, place - 60) : place + 60].decode(errors="replace") for line in (one, other))
    return f"{name}, line {number}:\n  - {next(shown)}\n  + {next(shown)}"


def compared(old: Path, new: Path) -> list[str]:
    """What differs between two folders, a text for each file."""
    names = sorted({path.relative_to(root).as_posix() for root in (old, new) for path in root.rglob("*") if path.is_file()})
    told = []
    for name in names:
        if not ((old / name).is_file() and (new / name).is_file()):
            told.append(f"{name}: only in {'the second' if (new / name).is_file() else 'the first'}")
            continue
        one, other = (blanked(name, (root / name).read_bytes()) for root in (old, new))
        told += [difference(name, one, other)] if one != other else []
    print(f"{len(names)} files compared")
    return told


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("old", type=Path)
    asked.add_argument("new", type=Path)
    asked.add_argument("--communes", type=int, default=1)
    asked.add_argument("--villages", type=int, default=40)
    asked.add_argument("--keep", type=Path, help="an empty folder in which data and reports stay")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = (given.keep or Path(place)).absolute()
        data = root / "data"
        shape = ("--communes", given.communes, "--villages", given.villages)
        run(given.old, "simulate", "--out", data, *shape, "--year", YEAR, "--seed", 1)
        run(given.new, "simulate", "--out", root / "data-new", *shape, "--year", YEAR, "--seed", 1)
        told = compared(data, root / "data-new")
        told += compared(*(made(checkout, data, "all", root / name)
                           for checkout, name in ((given.old, "old"), (given.new, "new"))))  # fmt: skip
    print(*told, sep="\n")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
