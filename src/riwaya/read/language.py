"""Whether a text is Arabic, and what it is if it is written in Arabic letters and is not."""

import re

import py3langid

_ENOUGH = 4000  # letters that are looked at
_ARABIC_SCRIPT = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_SORANI = re.compile("[ێۆڕڵەڤ]")
_URDU = re.compile("[ٹڈڑںےہھ]")
_UYGHUR = re.compile("[ۇۈېۋ]")
_PASHTO = re.compile("[ښځڅډړۍ]")
_PERSIAN = re.compile("[پچژگکی]")
_NAMES = {"fa": "Persian", "ur": "Urdu", "ps": "Pashto", "ug": "Uyghur", "ku": "Kurdish"}
_SHARE = 0.5  # of all letters that must be of the Arabic script: Arabic news has 0.95 and more
_FOREIGN = 0.02  # of the letters that no Arabic word has: Persian has 0.04, Arabic with foreign names 0.003


def why_not_arabic(text: str) -> str | None:
    """One sentence for a person if a text is not Arabic, None if it is; a text without letters is not Arabic."""
    part = text[:_ENOUGH]
    letters = len(_LETTER.findall(part))
    script = len(_ARABIC_SCRIPT.findall(part))
    if not letters:
        return "The text holds no letters."
    if script < _SHARE * letters:
        return f"Of {letters} letters, {script} are Arabic."
    for name, pattern in (("Kurdish (Sorani)", _SORANI), ("Urdu", _URDU), ("Uyghur", _UYGHUR), ("Pashto", _PASHTO)):
        if len(pattern.findall(part)) > _FOREIGN * script:
            return f"The text is written in Arabic letters but has the spelling of {name}."
    if len(_PERSIAN.findall(part)) > _FOREIGN / 2 * script:
        language = str(py3langid.classify(part)[0])
        if language in _NAMES:
            return f"The text is written in Arabic letters but its language is {_NAMES[language]}."
    return None
