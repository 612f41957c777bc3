"""Whether what is told of has happened, is denied, or lies ahead."""

from riwaya.read.events.salience import Surroundings
from riwaya.read.events.triggers import Trigger
from riwaya.records import Status


def status_of(trigger: Trigger, cues: frozenset[str], around: Surroundings, ahead: bool) -> Status:
    """Whether it happened: denied in the content of a denial or by a negation, planned if it lies ahead or is threatened or promised."""
    claim = around.claims.get(trigger.first)
    if (claim and claim.act == "deny") or "negated" in cues:
        return "denied"
    open_act = claim is not None and claim.act in ("threaten", "promise", "predict") and trigger.sense.form != "past"
    if trigger.future or ahead or open_act or ("planned" in cues and trigger.sense.form != "past"):
        return "planned"
    return "actual"
