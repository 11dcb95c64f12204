#!/usr/bin/env python3
"""Holds an opened bundle against the files that were deposited: OPENED FILES.

Each file must be there with its content under its true name in dossier.json, once.
"""
import json
import pathlib
import sys

opened, files = (pathlib.Path(argument) for argument in sys.argv[1:])
with open(opened / "dossier.json", encoding="utf-8") as file:
    documents = json.load(file)["documents"]
by_name = {document["name"]: document for document in documents}
assert len(by_name) == len(documents), "a name stands twice"

deposited = {path.name: path.read_bytes() for path in files.iterdir() if path.name != "refused.txt"}
for name, content in deposited.items():
    document = by_name[name]
    assert (opened / document["path"]).read_bytes() == content, f"other content: {name!a}"
    titled = name.startswith("titled-")
    assert titled or "\n" not in document["title"], f"a title of two lines: {name!a}"
# The one document more is the file whose name was no text.
assert len(by_name) == len(deposited) + 1, "other documents than were deposited"
titles = {document["title"] for document in documents}
for title in ("../../../escaped", "/etc/passwd", "..", ".", "ملف/مجلد"):
    assert title in titles, f"a title is lost: {title!a}"
