"""Whether a text is Arabic, and what it is if it is written in Arabic letters and is not."""

import re

_ENOUGH = 2000  # letters that are looked at
_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS_OF = (
    ("Kurdish (Sorani)", re.compile("[ێۆڕڵەڤ]")),
    ("Urdu", re.compile("[ٹڈڑںےہھ]")),
    ("Uyghur", re.compile("[ۇۈېۋ]")),
    ("Pashto", re.compile("[ښځڅډړۍ]")),
)
_PERSIAN_WORDS = re.compile(r"(?<![\w\u064b-\u0652])(?:که|كه|از|است|را|برای|براي|های|شد|بود|و?همچنین|کرد|خواهد)(?![\w\u064b-\u0652])")
_SHARE = 0.5  # of all letters that must be of the Arabic script: Arabic news has 0.95 and more
_ARABIC_PART = 200  # letters of Arabic that make a text worth reading beside any amount of another language
_FOREIGN = 0.02  # of the letters that no Arabic word has; Arabic news with names in foreign spelling has under 0.003
_COMMON = 0.04  # of the words that are the commonest of Persian: Persian news has about 0.15, Arabic none


def why_not_arabic(text: str) -> str | None:
    """One sentence for a person if a text is not Arabic, None if it is; a text without letters is not Arabic.

    A neighbour in the same script shows by letters that Arabic does not have, Persian by its commonest words: Arabic typed on a
    Persian keyboard has the letters of Persian and stays Arabic.
    """
    part = text[:_ENOUGH]
    letters = len(_LETTER.findall(part))
    script = len(_ARABIC_SCRIPT.findall(part))
    if not letters:
        return "The text holds no letters."
    if script < min(_SHARE * letters, _ARABIC_PART):
        return f"Of {letters} letters, {script} are Arabic."
    for name, pattern in _LETTERS_OF:
        if len(pattern.findall(part)) > _FOREIGN * script:
            return f"The text is written in Arabic letters but has the spelling of {name}."
    persian = len(_PERSIAN_WORDS.findall(part))
    if persian > 2 and persian > _COMMON * len(part.split()):
        return "The text is written in Arabic letters but its words are Persian."
    return None
