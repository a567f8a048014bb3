"""From figures to the official document: passages, sections, forms, letterhead, the document and its exporters."""
