"""Forms changed as people change them are read right or refused; never is a wrong number taken."""

import random
from collections import Counter

import pytest

import form_mutations
from giamngheo import shipped
from giamngheo.intake.unit import Year

pytestmark = pytest.mark.long

THIS = Year(shipped.DATA, "kong-long-khong", 2023)
MANY = 25


@pytest.mark.parametrize("block", range(12))
def test_a_changed_form_is_read_right_or_refused(block):
    forms = [form_mutations.mutated(random.Random(seed)) for seed in range(10**6 + block * MANY, 10**6 + (block + 1) * MANY)]
    found = [form_mutations.outcome(form, form_mutations.understood(form, THIS)) for form in forms]
    assert [(form.name, form.ways) for form, what in zip(forms, found, strict=True) if what == "wrong"] == []
    harmless = Counter(what for form, what in zip(forms, found, strict=True) if not form.faulty)
    assert harmless["right"] >= 8 * harmless["refused"]  # refusing everything would be no reading


@pytest.mark.parametrize("way", form_mutations.FAULTS)
@pytest.mark.parametrize("name", ["F1", "F2", "F4", "F8a", "F10b"])
def test_a_fault_in_a_form_is_refused(name, way, monkeypatch):
    monkeypatch.setattr(form_mutations, "FORMS", [name])
    for seed in range(4):
        form = form_mutations.drawn(random.Random(seed))
        way(form, random.Random(seed))
        assert (form.faulty, form_mutations.outcome(form, form_mutations.understood(form, THIS))) == (True, "refused")
