"""The fixed vocabularies: which words a field of a record may hold."""

from typing import Literal

Act = Literal[
    "say", "assert", "claim", "deny", "announce", "accuse", "threaten",
    "promise", "demand", "warn", "condemn", "praise", "ask", "predict",
]  # fmt: skip
Form = Literal["direct", "indirect", "mixed"]
TellerRole = Literal["speaker", "relay", "outlet"]
TellerKind = Literal["person", "org", "anonymous", "outlet", "document"]
MentionKind = Literal["PER", "ORG", "LOC", "MISC"]
EventKind = Literal[
    "armed-clash", "air-strike", "shelling", "suicide-bomb", "bomb", "attack", "abduction", "chemical",
    "territory-gained", "withdrawal", "siege", "arrest", "weapons-intercepted", "property-destruction",
    "deployment", "agreement", "meeting", "protest", "sanction", "aid", "displacement", "accident", "other",
]  # fmt: skip
TollKind = Literal["killed", "wounded", "captured", "missing", "displaced", "arrested"]
ReaderKind = Literal["model", "rules"]  # the neural reader beside the rules, or the rules alone
Status = Literal["actual", "denied", "planned"]
TimeRule = Literal["json-ld", "meta", "time element", "date line", "last change", "telegram", "given"]
SetAsideReason = Literal["related", "share", "tags", "embedded post", "caption", "comments", "advertisement", "boilerplate", "dateline"]
NotCountedReason = Literal["background", "wish", "hypothetical", "general", "repeated", "metaphor", "opinion"]
Sense = Literal["neutral", "self-name", "friendly", "hostile", "role"]
PlacePrecision = Literal["point", "town", "area", "region", "country", "unknown"]
Stage = Literal["collect", "preserve", "read"]
Relation = Literal["same happening", "reaction"]
Verdict = Literal["yes", "no", "unsure"]
Admiralty = Literal[
    "A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"
]  # A to F: how reliable a teller is; 1 to 6: how credible a claim
About = Literal["killed", "wounded", "captured", "displaced", "perpetrator", "place", "time", "happened"]
Nature = Literal["revised", "narrower", "contested"]
FailureReason = Literal[
    "not found", "unreachable", "refused", "too large", "empty", "not a page", "no article", "not arabic",
    "too deep", "broken line", "no text", "damaged capture", "not a feed", "damaged record", "bug",
]  # fmt: skip
