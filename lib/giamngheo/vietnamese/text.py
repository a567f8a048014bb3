"""Vietnamese text as people compare it: one spelling for one reading, and a guess for a near miss."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
TONE = re.compile(f"[{TONES}]")
# The Icelandic letter looks like Đ and comes out of old conversions; Vietnamese does not use it.
LOOKS_LIKE = str.maketrans({"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ"})


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text in one form for one reading: NFC, single spaces, no invisible characters.

    >>> clean("  Mo\\u031b\\u00a0 Tôn\\u200b ") == "Mơ Tôn"
    True
    """
    if text.isascii():
        return " ".join(text.split())
    seen = text.isprintable()  # then there is nothing invisible in it
    visible = text if seen else "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible.translate(LOOKS_LIKE)).split())


@lru_cache(maxsize=4096)
def identity(text: str) -> str:
    """What two spellings of one name share: capitals, tone placement and spacing do not count.

    >>> identity("Làng Hoà Bình") == identity("làng  Hòa Bình")
    True
    >>> identity("Hoa Bình") == identity("Hòa Bình")
    False
    """
    return " ".join(map(_identity_of_word, clean(text).split()))


@lru_cache(maxsize=4096)
def _identity_of_word(word: str) -> str:
    """A word without capitals, its tones behind its letters; a thousand names are made of a hundred words."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return unicodedata.normalize("NFC", "".join([TONE.sub("", parts), *TONE.findall(parts)]))


def bare(text: str) -> str:
    """Letters and digits alone, without accents: how near two names are typed.

    >>> bare("Làng Đak-Rong 2")
    'langdakrong2'
    """
    parts = unicodedata.normalize("NFD", identity(text).replace("đ", "d"))
    return "".join(letter for letter in parts if letter.isalnum())


def guess(wrong: str, names: Iterable[str]) -> str:
    """The one of `names` that was probably meant, or "" when none is near.

    >>> guess("DA 2", ["DA1", "DA2"]), guess("Mo Ton", ["Mơ Tôn", "Mơ Trai"]), guess("x", ["Mơ Tôn"])
    ('DA2', 'Mơ Tôn', '')
    """
    import difflib  # for a near miss alone

    by_bare = {bare(name): name for name in reversed(list(names))}
    near = difflib.get_close_matches(bare(wrong), by_bare, n=1, cutoff=0.6)
    return by_bare[near[0]] if near else ""


def ask(wrong: str, names: Iterable[str]) -> str:
    """A guess as a question that ends a remedy, or "".

    >>> ask("reveiw", ["review"])
    ' (có phải là "review" không?)'
    """
    near = guess(wrong, names)
    return f' (có phải là "{near}" không?)' if near else ""


def appended(words: str, more: str) -> str:
    """`more` behind words, or within a sentence before its full stop.

    >>> appended("Diễn biến", " (kết quả sơ bộ)"), appended("Cuối kỳ 242 hộ.", " (kết quả sơ bộ)")
    ('Diễn biến (kết quả sơ bộ)', 'Cuối kỳ 242 hộ (kết quả sơ bộ).')
    """
    return words[:-1] + more + "." if words.endswith(".") else words + more


def first_few(names: Sequence[str], most: int, others: str, mark: str = ", ") -> str:
    """The first of many names, at most `most` of them, and how many `others` there are.

    >>> first_few(["A", "B", "C"], 3, "xã"), first_few(["A", "B", "C", "D", "E"], 3, "xã")
    ('A, B, C', 'A, B, C và 2 xã khác')
    """
    more = f" và {len(names) - most} {others} khác" if len(names) > most else ""
    return mark.join(names[:most]) + more


def spans(numbers: list[int]) -> str:
    """Numbers in their order, runs of them in short.

    >>> spans([2, 3, 4, 7, 9, 10])
    '2-4, 7, 9-10'
    """
    runs: list[list[int]] = []
    for one in numbers:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
