"""What a person who asks about files of claims is told, and the code of the answer."""

import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from giamngheo import reconcile
from giamngheo.findings import DataError, Finding
from giamngheo.reconcile import hand_edits, paragraphs, proposals
from giamngheo.reconcile.proof import CONTRADICTION
from giamngheo.spreadsheets import csv_text
from giamngheo.store import atomic

TRUE, CONTRADICTED, UNREADABLE = 0, 1, 2


def answer(
    files: Sequence[Path], format: str = "text", witness: Path | None = None, exported: Path | None = None
) -> tuple[str, int]:
    """Documents: the claims they seem to make, as CSV; with `exported`, the numbers that are no longer its own.
    Files of claims: the findings of all files, each taken alone, as text, CSV or JSON; in text what is proved of each, too.
    The code is CONTRADICTED where one file's figures cannot all be true. `witness` is a file to write the
    values to under which the figures are all true. Raises DataError where a file cannot be read, and before anything
    is read where something stands at `witness` already."""
    if witness and os.path.lexists(witness):
        raise atomic.refusal(witness, "đã có nên không ghi đè", "chọn tên tệp khác cho --witness, hoặc đổi tên tệp đang có")
    if witness and not witness.parent.is_dir():
        raise atomic.refusal(witness, "không có thư mục để ghi vào", "tạo thư mục trước, hoặc chọn nơi khác cho --witness")
    documents = [path for path in files if path.suffix.lower() in paragraphs.KINDS]
    _told_apart(files, documents)
    if documents and exported:
        return _edited(documents, exported)
    if documents:
        proposed = pd.concat(map(proposals.propose, documents), ignore_index=True)
        return _csv(proposed), TRUE
    bodies = {path.name: reconcile.read(path) for path in files}
    found = pd.concat(map(reconcile.findings, bodies.values()), ignore_index=True)
    proofs = {name: reconcile.prove(claims) for name, claims in bodies.items()}
    said = [reconcile.render(found, format)]
    if format == "text":
        said.append("\n".join(f"{name}: {proof}" for name, proof in proofs.items()))
    if witness:
        atomic.put(witness, _csv(pd.concat([proof.table() for proof in proofs.values()])))
    contradicted = any(proof.kind == CONTRADICTION for proof in proofs.values())
    return "\n\n".join(said), CONTRADICTED if contradicted else TRUE


def _told_apart(files: Sequence[Path], documents: Sequence[Path]) -> None:
    """Refuse files of which one would be left out, or could not be told from another in the answer."""
    names = [path.name for path in files]
    for path in files:
        if documents and path not in documents:
            rule, remedy = "là bảng số liệu, không đọc cùng lúc với văn bản", "chạy riêng bảng số liệu và riêng văn bản"
            raise DataError([Finding(str(path), rule, remedy)])
        if names.count(path.name) > 1:
            raise DataError([Finding(str(path), "có hai tệp cùng tên", "đổi tên một tệp, hoặc chạy riêng từng tệp")])


def _csv(frame: pd.DataFrame) -> str:
    return csv_text([list(frame), *frame.itertuples(index=False)])


def _edited(documents: Sequence[Path], exported: Path) -> tuple[str, int]:
    changed = [
        f"{path.name}, {said}" for path in documents for said in hand_edits.changed_by_hand(path, exported)
    ]
    return "\n".join(changed) or "Mọi con số vẫn như bản đã xuất.", CONTRADICTED if changed else TRUE
