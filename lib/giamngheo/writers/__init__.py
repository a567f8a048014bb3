"""The document (blocks) as a file: `pdf`, `docx`, `html`, each with `write(document) -> bytes`.

Every writer reads the same blocks through `layout.arrange` and fills a template of `form/`;
none is made by converting another. The official form (Decree 30/2020/NĐ-CP, Annex I) lives in
those templates: fonts, sizes, margins, capitals, rules and numbering are found there and nowhere else.
"""
