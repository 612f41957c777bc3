"""Whose turn it is: the speaker meant by a cue that names none, and the name of one who is named only by office or family name."""

from collections.abc import Callable

from riwaya.arabic.fold import folded
from riwaya.read.claims.antecedents import Candidate, Memory, Turn, candidates, weight_of
from riwaya.read.claims.frames import Frame, Reader
from riwaya.read.claims.papers import author_before
from riwaya.read.claims.people import Mention, People, Person, plain
from riwaya.read.wordkinds import without_article

Choice = Callable[[Frame, list[Candidate]], Person | None]


def likeliest(frame: Frame, found: list[Candidate]) -> Person | None:
    """The candidate with the greatest weight; the nearest of equals."""
    return max(found, key=lambda candidate: weight_of(candidate.cues)).person if found else None


def _may_be_object(frame: Frame) -> bool:
    """Whether the phrase read as the subject stands where an object may stand."""
    sense = frame.cue.form.sense
    return (
        (sense.addressee or sense.takes_object)
        and frame.rule == "verb"
        and frame.speaker is not None
        and frame.speaker[0] == frame.cue_range[1]
    )


class Turns:
    """The speakers of an article in order, and the one meant at each cue."""

    def __init__(self, reader: Reader, frames: list[Frame], title: str, choose: Choice = likeliest) -> None:
        words = folded(title).replace(":", " ").split()
        self._people = People(reader, frames, frozenset(words))
        self._verbs = reader.lexicon.verbs
        self._meant: dict[int, Person] = {}
        memory = Memory(reader.tokens, frozenset(plain(without_article(word)) for word in words if len(word) > 2))
        self._resolve(frames, memory, choose)

    def speaker(self, frame: Frame) -> Person | None:
        """The one who speaks in a frame, named or meant; None if nobody is found."""
        return self._meant.get(frame.cue_range[0])

    def _implicit(self, frame: Frame, memory: Memory, choose: Choice) -> Person | None:
        if frame.speaker is None:
            author = author_before(memory.tokens, frame, memory.mentions, self._verbs)
            if author is not None:
                return author.person if isinstance(author, Mention) else self._people.named_by(author)
        behind = self._people.behind(frame)
        person = choose(frame, candidates(frame, memory, behind))
        if behind is not None and person is behind.person and frame.speaker is None:
            memory.mentions.append(behind)
        if frame.speaker is not None and person is not None and person is not self._people.who(frame.speaker):
            frame.speaker = None  # دعا | السكان إلى الهدوء: whom, not who
        return person

    def _resolve(self, frames: list[Frame], memory: Memory, choose: Choice) -> None:
        """One pass in the order of the text: mentions and turns are remembered as they come."""
        mentions = self._people.mentions
        reach = met = 0
        for frame in frames:
            here = frame.cue_range[0]
            while met < len(mentions) and mentions[met].words[0] < here:
                memory.mentions.append(mentions[met])
                met += 1
            person = (
                self._people.who(frame.speaker) if frame.speaker and not _may_be_object(frame) else self._implicit(frame, memory, choose)
            )
            if person is None:
                continue
            self._meant[here] = person
            memory.turns.append(Turn(person, frame, nested=here < reach))
            if here >= reach and frame.content > here:
                reach = max(reach, frame.end)
        following: Person | None = None
        for frame in reversed(frames):
            person = self._meant.get(frame.cue_range[0])
            if person is None and following is not None:
                self._meant[frame.cue_range[0]] = following
            following = person or following
