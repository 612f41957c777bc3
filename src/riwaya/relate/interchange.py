"""The interchange: what relating gives, as one JSON object in which articles go by their caller's ids (docs/interchange.md)."""

from collections.abc import Mapping
from typing import Any

from riwaya.records import Account, Disagreement, Reading, Span, Story
from riwaya.relate.accounts import chain_of
from riwaya.relate.relating import Related
from riwaya.relate.tolls import coded_values, tolls_said

Id = str | int


def stories_object(related: Related, readings: Mapping[str, Reading], caller_ids: Mapping[str, Id]) -> dict[str, Any]:
    """Stories and copies as STORIES.json has them; `readings` and `caller_ids` by article id."""
    return {
        "stories": [_story_row(story, readings, caller_ids) for story in related.stories],
        "copies": [[caller_ids[copy.original], caller_ids[copy.copy]] for copy in related.copies],
    }


def _story_row(story: Story, readings: Mapping[str, Reading], caller_ids: Mapping[str, Id]) -> dict[str, Any]:
    accounts = {account.id: account for account in story.accounts}
    return {
        "id": story.id,
        "articles": [caller_ids[key] for key in story.articles],
        "reactions": [caller_ids[key] for key in story.reactions],
        "origins": story.origins,
        "accounts": [_account_row(account, readings[account.article_id], caller_ids) for account in story.accounts],
        "disagreements": [_disagreement_row(one, accounts, readings, caller_ids) for one in story.disagreements],
        "coded": [
            {"tradition": coded.tradition, "field": coded.field, "value": coded.value, "rule": coded.rule, "accounts": list(coded.accounts)}
            for coded in coded_values(tolls_said(story.accounts, readings))
        ],
    }


def _account_row(account: Account, reading: Reading, caller_ids: Mapping[str, Id]) -> dict[str, Any]:
    return {
        "id": account.id,
        "article": caller_ids[account.article_id],
        "tellers": list(chain_of(account, reading)),
        "status": account.status,
        "told": account.told.isoformat() if account.told else None,
        "origin": account.origin,
        "carried_by": [caller_ids[key] for key in account.carried_by],
        "words": [_words(reading, event.trigger) for event in reading.events if event.id in account.events],
    }


def _disagreement_row(
    one: Disagreement, accounts: Mapping[str, Account], readings: Mapping[str, Reading], caller_ids: Mapping[str, Id]
) -> dict[str, Any]:
    left, right = accounts[one.left].article_id, accounts[one.right].article_id
    return {
        "about": one.about,
        "nature": one.nature,
        "between": [caller_ids[left], caller_ids[right]],
        "accounts": [one.left, one.right],
        "values": [_words(readings[left], one.left_words), _words(readings[right], one.right_words)],
        "rule": one.rule,
    }


def _words(reading: Reading, span: Span) -> str:
    return reading.article.text[slice(*span)]
