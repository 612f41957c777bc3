"""F1 of names on the last tenth of ANERcorp's training file, which no training saw: exact spans and kinds, in the corpus's own words.

python -m training.reader.measure_names WEIGHTS anercorp-train.txt
"""

import argparse
from pathlib import Path

from riwaya.arabic.words import tokens_in
from riwaya.read.model.marks import marks_of
from riwaya.read.model.names import best_tags
from riwaya.read.model.network import Network
from riwaya.read.text import read_text
from training.reader.examples import HELD_OUT, named_texts, tags_of_words

Name = tuple[int, int, str]


def names_of(tags: list[str]) -> set[Name]:
    """Spans of words with their kind; a name that begins with I- begins there."""
    found: set[Name] = set()
    start = 0
    for at, tag in enumerate([*tags, "O"]):
        before = tags[at - 1] if at else "O"
        if before != "O" and (tag[0] != "I" or tag[2:] != before[2:]):
            found.add((start, at, before[2:]))
        if tag[0] == "B" or (tag[0] == "I" and tag[2:] != before[2:]):
            start = at
    return found


def main() -> None:
    """Print precision, recall and F1, over all and by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args()
    network = Network(options.weights)
    texts = named_texts(options.corpus)
    gold: set[tuple[int, Name]] = set()
    made: set[tuple[int, Name]] = set()
    for number, text in enumerate(texts[round(len(texts) * (1 - HELD_OUT)) :]):
        tokens = tokens_in(text.text)
        sight = network.look(tokens, tokens_in(""), marks_of(read_text(text.text, reader="rules"), tokens))
        tags = [tag for first, last in tokens.paragraphs for tag in best_tags(sight.tags["names"][first:last])]
        gold |= {(number, name) for name in names_of(text.tags)}
        made |= {(number, name) for name in names_of(tags_of_words(text, tokens, tags))}
    for kind in ("PER", "LOC", "ORG", "MISC", ""):
        true, given = ({each for each in names if each[1][2] == kind or not kind} for names in (gold, made))
        right = len(true & given)
        precision, recall, f1 = right / max(1, len(given)), right / max(1, len(true)), 2 * right / max(1, len(given) + len(true))
        print(f"{kind or 'all':5} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}   {right}/{len(given)}/{len(true)}")


if __name__ == "__main__":
    main()
