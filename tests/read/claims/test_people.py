"""Who is mentioned in an article, under which name, and who is meant: on sentences of our own."""

import pytest

from riwaya.arabic.words import tokens_in
from riwaya.read.claims.antecedents import Candidate
from riwaya.read.claims.frames import Frame
from riwaya.read.claims.people import People, Person
from riwaya.read.claims.statements import frames_in
from riwaya.read.claims.turns import Turns, likeliest

ONE = "أعلن رئيس البلدية سامر العلي إغلاق السوق. وقال العلي إن الإغلاق مؤقت. وأوضح رئيس البلدية أن السبب ترميم السقف."
TWO = "قال وزير المالية سامر العلي إن الخطة جاهزة. وقال وزير الزراعة خالد الحسن إن القمح يكفي. وأكد وزير المالية أن الرواتب صرفت."
NEW = "قال مصدر في البلدية إن الجسر مغلق. وقال مصدر في الشرطة إن الجسر مفتوح."


def speakers_of(text: str) -> list[tuple[Person, str]]:
    tokens = tokens_in(text)
    reader, frames = frames_in(tokens)
    people = People(reader, frames)
    speakers = [people.who(frame.speaker) for frame in frames if frame.speaker]
    return [(person, tokens.words_of(tokens.span(*person.name))) for person in speakers]


def test_full_name_family_name_and_office_are_one_person() -> None:
    found = speakers_of(ONE)
    assert [name for _, name in found] == ["سامر العلي"] * 3
    assert len({id(person) for person, _ in found}) == 1


def test_offices_of_two_bodies_are_two_persons() -> None:
    assert [name for _, name in speakers_of(TWO)] == ["سامر العلي", "خالد الحسن", "سامر العلي"]


def test_two_unnamed_ones_are_never_one() -> None:
    first, second = speakers_of(NEW)
    assert first[0] is not second[0]


@pytest.mark.parametrize(
    ("cue", "meant"),
    [("وأضافت", "الوزيرة"), ("وأضاف", "المدير")],
)
def test_gender_decides_between_two_who_spoke(cue: str, meant: str) -> None:
    tokens = tokens_in(f"قالت الوزيرة إن الخطة جاهزة. وقال المدير إن المال متوفر. {cue} أن العمل بدأ.")
    reader, frames = frames_in(tokens)
    person = Turns(reader, frames, "").speaker(frames[-1])
    assert person is not None
    assert tokens.words_of(tokens.span(*person.name)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("قال وزير السياحة إن الموسم جيد. وقال رامي: الفنادق ممتلئة. وأضاف أن الأسعار ثابتة.", "رامي"),  # the office first, then the name
        ("قال وزير الداخلية الليبي سامر العلي إن الحدود آمنة. وأضاف «المسؤول الليبي»: «لن نتراجع».", "سامر العلي"),
        ("نفى رئيس الحكومة سامر العلي وجود خلاف. وأوضح رئيس الوزراء أن الخطة باقية.", "سامر العلي"),
        ("أعلن الرئيس اللبناني سامر العلي فتح المرفأ. وأكد رئيس الجمهورية أن العمل بدأ.", "سامر العلي"),
        ("ألقى مدير المدرسة كلمة. وبدأ الحفل بكلمة لرئيس اللجنة، رحب فيها بالضيوف.", "لرئيس اللجنة"),
        ("أصدرت غرفة العمليات التي تضم لجنة من التجار بياناً أعلنت فيه فتح السوق.", "غرفة العمليات"),
        ("التقى الوفد وزير المالية الأردني، سامر العلي، صباحاً. وقال المسؤول الأردني إن المحادثات مثمرة.", "سامر العلي"),
        ("اتهمت منظمة «النجاة» البلدية بالتقصير. وقالت المنظمة الحقوقية إن البئر مهملة.", "«النجاة»"),
        ("وكان سامر العلي قد قال في خطاب في العاصمة الأردنية عمان إن الخطة جاهزة.", "سامر العلي"),
        ("ذكر المتحدث العسكري أندريه ليفينكو أن الجسر سليم. وأضاف أن الطريق مفتوح.", "أندريه ليفينكو"),
        ("نفى المدير سامر العلي علمه بالأمر. ورفض تأكيد أو نفي إلقاء القبض على السائق.", "سامر العلي"),
    ],
)
def test_who_is_meant_in_the_last_claim(text: str, meant: str) -> None:
    tokens = tokens_in(text)
    reader, frames = frames_in(tokens)
    person = Turns(reader, frames, "").speaker(frames[-1])
    assert person is not None
    assert meant in tokens.words_of(tokens.span(*person.name))


def test_every_candidate_is_mentioned_before_its_cue_or_stands_right_behind_it() -> None:
    tokens = tokens_in("\n".join((ONE, TWO, NEW, "وأضاف أن العمل بدأ. مشيراً إلى أن الطريق آمن.")))
    seen: list[tuple[Frame, Candidate]] = []

    def watched(frame: Frame, found: list[Candidate]) -> Person | None:
        seen.extend((frame, candidate) for candidate in found)
        return likeliest(frame, found)

    Turns(*frames_in(tokens), "", watched)
    assert seen
    assert all(candidate.mention.words[0] <= frame.cue_range[1] and candidate.cues for frame, candidate in seen)
