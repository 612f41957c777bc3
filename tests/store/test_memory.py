"""What is remembered is never older than the store."""

from pathlib import Path

from riwaya.library import Library
from riwaya.store.memory import Memory


def test_what_was_made_is_remembered_until_anything_changes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><p>قصير</p></html>", encoding="utf-8")
    with Library.create(tmp_path / "library") as library:
        memory = Memory(library.connect())
        made: list[int] = []

        def make() -> int:
            made.append(library.counts().captures)
            return made[-1]

        assert [memory.recall("captures", make), memory.recall("captures", make), memory.recall("other", make)] == [0, 0, 0]
        assert len(made) == 2
        library.collect([page])
        assert [memory.recall("captures", make), memory.recall("captures", make)] == [1, 1]
        assert len(made) == 3
        memory.close()
