"""What the makers of WACZ say of a pack: their validator and their indexer, which `make gates` installs into an environment of their own.

They bring a library under the AGPL (surt), and nothing else of ours needs them: tests/preserve/wacz_spec.py checks more, without them.
"""

import gzip
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from riwaya import Library
from riwaya.web.evidence import sheets
from tests.preserve.test_evidence import PAGE

TOOLS = Path(__file__).parents[2] / "build" / "wacz" / "bin"


@pytest.mark.long
@pytest.mark.skipif(not (TOOLS / "wacz").exists(), reason="make gates installs wacz")
def test_others_accept_a_pack_and_make_the_same_index(tmp_path: Path) -> None:
    page, pack = tmp_path / "1.html", tmp_path / "pack.wacz"
    page.write_text(PAGE.format(title="نفي روسي في درعا", who="مصدر ميداني"), encoding="utf-8")
    with Library.create(tmp_path / "library") as library:
        library.collect([page], addresses={page: "https://hawran.example/news/2?b=1&a=2"})
        library.read()
        library.keeping.evidence([reading.article.id for reading in library.readings()], pack, sheets)
    said = subprocess.run([TOOLS / "wacz", "validate", "-f", pack], capture_output=True, text=True, check=False).stdout
    assert "Version detected as 1.1.1" in said
    assert "Validation succeeded" in said
    with zipfile.ZipFile(pack) as packed:
        packed.extractall(tmp_path / "inside")
    records = tmp_path / "inside" / "archive" / "data.warc.gz"
    theirs = subprocess.run([TOOLS / "cdxj-indexer", "--sort", records], capture_output=True, text=True, check=True).stdout
    ours = gzip.decompress((tmp_path / "inside" / "indexes" / "index.cdx.gz").read_bytes()).decode()
    assert told(ours) == told(theirs)


def told(lines: str) -> list[tuple[str, str, dict[str, str]]]:
    parts = [line.split(" ", 2) for line in lines.splitlines()]
    return [(key, at, {name: value for name, value in json.loads(more).items() if name != "status"}) for key, at, more in parts]
