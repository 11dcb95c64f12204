"""Where the generators' cases go: below tests/vectors, or, with --check, into a folder of their own
that is held against it.
"""
import filecmp
import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
_root = None


def write(topic, name, text):
    path = _root / topic / f"{name}.json"
    assert not path.exists(), f"two cases are called {name}"
    path.write_text(text)


def _differences(topic, made):
    kept = ROOT / topic
    names = {path.name for folder in (made, kept) for path in folder.glob("*.json")}
    for name in sorted(names):
        if not (kept / name).exists():
            yield f"{topic}/{name} is missing"
        elif not (made / name).exists():
            yield f"{topic}/{name} is not generated"
        elif not filecmp.cmp(made / name, kept / name, shallow=False):
            yield f"{topic}/{name} is another when generated"


def main(topics, *makers):
    """Makes all cases of `topics` and puts them in place, or, with --check, only compares."""
    global _root
    check = sys.argv[1:] == ["--check"]
    if len(sys.argv) > 1 and not check:
        sys.exit(f"usage: {sys.argv[0]} [--check]")
    with tempfile.TemporaryDirectory() as folder:
        _root = pathlib.Path(folder)
        for topic in topics:
            (_root / topic).mkdir()
        for make in makers:
            make()
        if check:
            found = [line for topic in topics for line in _differences(topic, _root / topic)]
            sys.exit("\n".join(found) if found else 0)
        for topic in topics:
            shutil.rmtree(ROOT / topic, ignore_errors=True)
            shutil.copytree(_root / topic, ROOT / topic)
