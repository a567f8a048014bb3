"""How much a cell may say: what it prints up to `limits.PRINTED` characters, tables and pictures up to `limits.OUTPUT`."""

from giamngheo import limits

SPOKEN = ("stream", "display_data", "execute_result", "update_display_data")
CUT = f"\n[… đã bỏ phần còn lại: một ô chỉ được in {limits.PRINTED} ký tự]\n"


class TooMuchOutput(RuntimeError):
    """A cell that says more than comes back."""

    def __init__(self, most: int):
        super().__init__(f"ô in hơn {most} ký tự; in ít hơn, hoặc bỏ vòng lặp không dừng")


class Allowance:
    """What is left of it for the cell that runs."""

    def __init__(self):
        self.printed, self.left = limits.PRINTED, limits.OUTPUT

    def allowed(self, kind: str, content: dict) -> dict | None:
        """The content of a message as far as it may go; None where nothing of it may.

        Raises TooMuchOutput for a table or picture that is too large: half of one would be another.
        """
        if kind not in SPOKEN:
            return {name: shortened(value) for name, value in content.items()} if "evalue" in content else content
        if kind == "stream":
            return self.cut(content)
        self.left -= sum(len(value if isinstance(value, str | bytes) else repr(value)) for value in content["data"].values())
        if self.left < 0:
            raise TooMuchOutput(limits.OUTPUT)
        return content

    def cut(self, content: dict) -> dict | None:
        text, before = content["text"], self.printed
        self.printed = max(0, before - len(text))
        if len(text) <= before:
            return content
        return content | {"text": text[:before] + CUT} if before else None


def shortened(value: object) -> object:
    """What an error says, each line at most `limits.TOLD` characters."""
    if isinstance(value, str):
        return value if len(value) <= limits.TOLD else f"{value[: limits.TOLD]}…"
    return [shortened(one) for one in value[: limits.TRACEBACK]] if isinstance(value, list) else value
