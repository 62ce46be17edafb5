"""The reply to what a person says of body and room: taken note of, kept for the sitting, and a session fitted to it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.coaching.body import POSITIONS, Body, fitted
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.announced import ThenCoach
from assistant.dialogue.replies.navigation import onward, side_named
from assistant.dialogue.replies.stretching.starting import beside
from assistant.dialogue.state import body_now, present_session
from assistant.dialogue.step_builder import StepBuilder
from assistant.guidance.schema import Need, Position
from assistant.script import bodies
from assistant.script import stretching as lines

Change = Callable[[Body], Body]
"""What a situation changes in what is known of the body."""


def _lacks(*needs: Need) -> Change:
    return lambda body: replace(body, missing=body.missing | set(needs))


def _has(need: Need) -> Change:
    return lambda body: replace(body, missing=body.missing - {need})


def _is(*positions: Position, lacks: tuple[Need, ...] = ()) -> Change:
    return lambda body: replace(body, positions=positions, missing=body.missing | set(lacks))


def _cannot(position: Position) -> Change:
    return lambda body: replace(body, positions=tuple(p for p in body.positions if p != position) or ("lying",))


def _can(position: Position) -> Change:
    return lambda body: replace(body, positions=tuple(p for p in POSITIONS if p == position or p in body.positions))


CHANGES: Mapping[str, Change] = MappingProxyType(
    {
        "in_bed": _is("lying"),
        "lying": _is("lying"),
        "floor": _is("lying", lacks=("chair",)),
        "wheelchair": _is("sitting", lacks=("chair",)),
        "no_chair": _lacks("chair"),
        "wheeled_chair": _lacks("chair"),
        "has_chair": _has("chair"),
        "no_doorway": _lacks("doorway"),
        "has_doorway": _has("doorway"),
        "outside": _lacks("chair", "doorway"),
        "one_arm": _lacks("both_arms"),
        "cannot_raise_arms": _lacks("arms_up"),
        "cannot_turn_head": _lacks("neck"),
        "has_head_turn": lambda body: replace(_has("neck")(body), stiff_sides=frozenset()),
        "cannot_stand": _cannot("standing"),
        "cannot_sit": _cannot("sitting"),
        "can_stand": _can("standing"),
        "can_sit": _can("sitting"),
    }
)
"""What each situation changes; `cannot_do_this` depends on the movement that is named, or on."""


def situation(builder: StepBuilder, heard: Heard) -> None:
    """Take note of body and room in one line; in a session, replace or leave out what cannot be done any more."""
    key = heard.reading.slots.get("situation", "")
    body, words = builder.conversation.body, bodies.TAKEN_NOTE.get(key, lines.ALL_RIGHT_THEN)
    session, side = present_session(builder.conversation), side_named(heard)
    if key == "cannot_do_this":
        now_on = None if session is None else session.dose.movement.key
        cannot = heard.reading.slots.get("movement", now_on)
        if cannot is not None:
            body = replace(body, avoided=body.avoided | {cannot})
            known = builder.guidance.movements.get(cannot)
            words = bodies.not_that(known.title) if known else words
        if session is not None and cannot == now_on:
            builder.change(body=body)
            onward(builder, heard, replace(session, skipped=True), words)
            return
    if key == "cannot_turn_head" and side is not None and body.stiff_sides <= {side}:
        body, words = replace(body, stiff_sides=frozenset({side})), bodies.neck_note(side)
    elif key in CHANGES:
        body = CHANGES[key](body)
    builder.change(body=body)
    if session is None:
        beside(builder, words)
        return
    fit = fitted(session, builder.guidance, body_now(builder.conversation)).session
    if fit.place == session.place and fit.dose.movement.key == session.dose.movement.key:
        builder.change(session=fit)
        builder.aside(words)
    else:
        again = lines.movement_now(words, fit.dose.movement.title)
        builder.interrupt(ThenCoach(fit, words=again, cause=heard.cause))
