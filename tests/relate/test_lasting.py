"""Story ids over time."""

from riwaya.relate.lasting import lasting_ids


def test_a_story_that_grows_keeps_its_id() -> None:
    first = lasting_ids({}, [["b", "c"], ["x"]]).ids
    grown = lasting_ids({first[0]: ["b", "c"]}, [["a", "b", "c"], ["x"]])
    assert grown.ids[0] == first[0]
    assert grown.redirects == {}


def test_of_two_that_become_one_the_larger_gives_its_id_and_the_other_redirects() -> None:
    merged = lasting_ids({"small": ["a"], "large": ["b", "c"]}, [["a", "b", "c"]])
    assert merged.ids == ("large",)
    assert merged.redirects == {"small": "large"}


def test_what_is_torn_off_gets_an_id_of_its_own() -> None:
    whole = lasting_ids({}, [["a", "b", "c", "d"]]).ids[0]
    torn = lasting_ids({whole: ["a", "b", "c", "d"]}, [["a"], ["b", "c", "d"]])
    assert torn.ids[1] == whole
    assert torn.ids[0] != whole


def test_a_story_whose_passages_are_gone_leads_nowhere() -> None:
    assert lasting_ids({"gone": ["z"]}, [["a"]]).redirects == {}
