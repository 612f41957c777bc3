"""The records that pass between the stages: what each stage takes and gives, and nothing that acts.

Laws (docs/design.md tells why):

1. An id is computed from content by `record_id`, never assigned: doing a thing twice writes the same rows once.
2. A `Span` is half-open and counts code points of `Article.text` exactly as published.
3. No record repeats words that a span can give, so evidence cannot drift.
4. Every derived record names the rule that made it and its version.
5. `Article.text` is valid Unicode: bytes that could not be decoded became U+FFFD once, and are counted.
"""

from riwaya.records.casework import Case as Case
from riwaya.records.casework import Item as Item
from riwaya.records.casework import ItemKind as ItemKind
from riwaya.records.casework import Note as Note
from riwaya.records.casework import Reached as Reached
from riwaya.records.casework import SavedSearch as SavedSearch
from riwaya.records.casework import Signature as Signature
from riwaya.records.corrections import ClaimPart as ClaimPart
from riwaya.records.corrections import CorrectedPart as CorrectedPart
from riwaya.records.corrections import Correction as Correction
from riwaya.records.corrections import Counted as Counted
from riwaya.records.corrections import EventPart as EventPart
from riwaya.records.corrections import Instead as Instead
from riwaya.records.corrections import Quoted as Quoted
from riwaya.records.failures import Failure as Failure
from riwaya.records.failures import failed as failed
from riwaya.records.findings import ActorLink as ActorLink
from riwaya.records.findings import Claim as Claim
from riwaya.records.findings import Corrected as Corrected
from riwaya.records.findings import Event as Event
from riwaya.records.findings import Mention as Mention
from riwaya.records.findings import NotCounted as NotCounted
from riwaya.records.findings import PersonLink as PersonLink
from riwaya.records.findings import PlaceLink as PlaceLink
from riwaya.records.findings import Reading as Reading
from riwaya.records.findings import Teller as Teller
from riwaya.records.findings import Toll as Toll
from riwaya.records.findings import actor_in as actor_in
from riwaya.records.findings import event_place as event_place
from riwaya.records.findings import teller_actor as teller_actor
from riwaya.records.pages import Article as Article
from riwaya.records.pages import Capture as Capture
from riwaya.records.pages import Layout as Layout
from riwaya.records.pages import Lead as Lead
from riwaya.records.pages import Published as Published
from riwaya.records.pages import Served as Served
from riwaya.records.pages import SetAside as SetAside
from riwaya.records.pages import Unchanged as Unchanged
from riwaya.records.pages import Validators as Validators
from riwaya.records.pages import Visit as Visit
from riwaya.records.relations import Account as Account
from riwaya.records.relations import Copy as Copy
from riwaya.records.relations import Disagreement as Disagreement
from riwaya.records.relations import Grade as Grade
from riwaya.records.relations import Judgement as Judgement
from riwaya.records.relations import Link as Link
from riwaya.records.relations import Passage as Passage
from riwaya.records.relations import Reason as Reason
from riwaya.records.relations import Story as Story
from riwaya.records.spans import Anchor as Anchor
from riwaya.records.spans import Days as Days
from riwaya.records.spans import Span as Span
from riwaya.records.spans import record_id as record_id
from riwaya.records.vocabulary import About as About
from riwaya.records.vocabulary import Act as Act
from riwaya.records.vocabulary import Admiralty as Admiralty
from riwaya.records.vocabulary import EventKind as EventKind
from riwaya.records.vocabulary import FailureReason as FailureReason
from riwaya.records.vocabulary import Form as Form
from riwaya.records.vocabulary import MentionKind as MentionKind
from riwaya.records.vocabulary import Nature as Nature
from riwaya.records.vocabulary import NotCountedReason as NotCountedReason
from riwaya.records.vocabulary import PlacePrecision as PlacePrecision
from riwaya.records.vocabulary import ReaderKind as ReaderKind
from riwaya.records.vocabulary import Relation as Relation
from riwaya.records.vocabulary import Sense as Sense
from riwaya.records.vocabulary import SetAsideReason as SetAsideReason
from riwaya.records.vocabulary import Stage as Stage
from riwaya.records.vocabulary import Status as Status
from riwaya.records.vocabulary import TellerKind as TellerKind
from riwaya.records.vocabulary import TellerRole as TellerRole
from riwaya.records.vocabulary import TimeRule as TimeRule
from riwaya.records.vocabulary import TollKind as TollKind
from riwaya.records.vocabulary import Verdict as Verdict
