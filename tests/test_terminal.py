"""What is printed: Arabic as it is read, and nothing that acts on the terminal."""

from urllib.parse import quote

import pytest

from riwaya.records import failed
from riwaya.terminal import failure_line, readable

RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("https://hawran.example/" + quote("نفي-روسي"), "https://hawran.example/نفي-روسي"),
        ("file:///saved/" + quote("نفي روسي.html"), "file:///saved/نفي روسي.html"),
        ("file:///saved/a%0Ab.html", "file:///saved/a%0Ab.html"),
        ("file:///saved/%1b%5b2J.html", "file:///saved/%1b%5b2J.html"),
        ("https://hawran.example/" + quote(RIGHT_TO_LEFT + "cod"), "https://hawran.example/" + quote(RIGHT_TO_LEFT + "cod")),
        ("https://hawran.example/%C7%E1", "https://hawran.example/%C7%E1"),
        ("https://hawran.example/?q=100%", "https://hawran.example/?q=100%"),
        ("standard input#3", "standard input#3"),
        ("a\x1b[2Jb", "a[2Jb"),
    ],
)
def test_an_address_is_printed_with_its_letters_where_they_do_not_act(address: str, printed: str) -> None:
    assert readable(address) == printed
    assert printed in failure_line(failed("collect", address, "not found", "It cannot be read.")).plain
