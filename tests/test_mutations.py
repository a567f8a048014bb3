"""Mutated files of every kind: read as a person reads them, or refused; no traceback. `make mutations` tries 10,000."""

import pytest
from hypothesis import given, settings

import mutations


@pytest.mark.parametrize("kind", mutations.KINDS)
def test_a_mutated_file_is_read_as_it_is_seen_or_refused(kind):
    answers: set[str] = set()
    trials: list = []

    @settings(max_examples=100)
    @given(mutations.EDITS, mutations.ENCODINGS)
    def tried(edits, encoding):
        trials.append(edits)
        answers.add(mutations.KINDS[kind](edits, encoding, len(trials) % mutations.WHOLE == 0))

    tried()
    assert answers == {"read", "refused"}
