"""What changed for what is kept: subscriptions, held against the library as it changes."""

from assistant.radar.finding import (
    FINDING_KINDS,
    Change,
    Finding,
    FindingKind,
    Touched,
    change_to_json,
    touched_text,
)
from assistant.radar.grounds import grounds_of_answer, grounds_of_draft, grounds_of_facts
from assistant.radar.held_library import Doors, HeldLibrary
from assistant.radar.radar import Radar
from assistant.radar.subscription import Ground, KeptKind, Subscription, subscription_to_json

__all__ = [
    "FINDING_KINDS",
    "Change",
    "Doors",
    "Finding",
    "FindingKind",
    "Ground",
    "HeldLibrary",
    "KeptKind",
    "Radar",
    "Subscription",
    "Touched",
    "change_to_json",
    "grounds_of_answer",
    "grounds_of_draft",
    "grounds_of_facts",
    "subscription_to_json",
    "touched_text",
]
