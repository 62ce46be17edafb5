"""Wordings about reminders: phrases and patterns, in the one spelling of `intents/text/normalize.py`."""

import re

REQUEST_OPENERS = tuple(
    phrase.split()
    for phrase in (
        "please",
        *("can you", "could you", "will you", "would you", "can i", "could i", "may i", "can we", "shall we", "let us"),
        *(
            "i want you to",
            "i would like you to",
            "i need you to",
            "i want to",
            "i would like to",
            "i would love it if you",
        ),
        *("would you mind", "do you mind", "do you think you could", "would it be possible to", "is it possible to"),
        *("i would like it if you could", "i would appreciate it if you could", "you can", "you could", "you may"),
        *("hey", "hi", "hello", "limber", "oh", "okay", "ok", "all right", "right", "well", "so", "and", "now", "then"),
        *("also", "just", "actually", "um", "uh", "er", "yes", "and now", "thanks", "thank you", "sorry"),
        *(
            "from now on",
            "be so kind and",
            "be so kind as to",
            "kindly",
            "go ahead and",
            "coach",
            "in future",
            "but",
            "i said",
        ),
        *("good morning", "good evening", "i think", "maybe", "perhaps", "if you would", "if you can", "if you could"),
        *("do me a favour and", "do me a favor and", "i forget the time so", "make sure to", "make sure you", "try to"),
    )
)
"""What may come before a request, and tells nothing of it."""
REQUEST_CLOSERS = tuple(
    phrase.split()
    for phrase in (
        *("please", "thanks", "thank you", "limber", "will you", "would you", "could you", "can you", "if you would"),
        *("if you can", "if you could", "if you do not mind", "if possible", "okay", "then", "would you please"),
        *("of course", "i mean", "i meant", "obviously", "i think", "i would say", "i suppose", "or so"),
        *(
            "all right",
            "very much",
            "that would be great",
            "that would be nice",
            "if that is okay",
            "love",
            "dear",
            "mate",
        ),
        *("from now on", "as well", "too", "at all", "ever so kindly", "for me", "cheers", "ta"),
    )
)
"""What may come after a request, and tells nothing of it."""

_NAMED = r"(?:me|us|myself)"
ASKED_STRONGLY = re.compile(
    rf"(?:remind(?:ing)? {_NAMED}|(?:to )?be reminded|(?:nudge|prod|poke|ping|alert|buzz)(?:ing)? {_NAMED}"
    rf"|give {_NAMED} (?:a |an |another )?(?:reminder|nudge|shout|poke|prod|buzz|ping)s?"
    rf"|(?:set|make|add|create|put|start|give {_NAMED}|get {_NAMED}|i want|i need|i would like|i have to have|have|"
    rf"let {_NAMED} have|schedule|place|leave {_NAMED})(?: up| in| down)?(?: me| us)?"
    r" ?(?:a|an|another|one|some|the|my)?"
    rf"(?: new| little| quick| gentle)? reminders?|(?:a |an |another |new )?reminders?)"
)
"""Words that ask for a reminder, with a time or without one."""
ASKED_WEAKLY = re.compile(
    rf"(?:tell|warn|call|ask|shout at) {_NAMED}|let {_NAMED} know|(?:get|make|have|let) {_NAMED}"
    rf"|give {_NAMED} a (?:sign|signal)"
)
"""Words that ask for one only where a time is named."""
NOUN_LEAD = re.compile(
    rf"(?:set|make|add|create|put|start|schedule|give {_NAMED}|get {_NAMED}|i want|i need|i would like|have)?"
    r"(?: ?up| in| me| us)*(?: ?(?:a|an|another|some|my|the|new))*"
)
"""What may come before the time that a reminder is named by: "set an hourly reminder"."""
FOR_OTHERS = frozenset("list lists calendar shopping wife husband daughter son next whether if".split())
"""Words of which none stands in a request that says no time: it is for another assistant, or tells no moment."""
BEGINS_QUESTION = frozenset("what which how where when who why whose if whether".split())
"""Words with which no activity begins."""
LONGEST_UNTIMED = 7
"""Length in words of the longest activity that is taken without a time."""
LONGEST_ACTIVITY = 16
"""Length in words of the longest activity."""
TO_DO = ("to", "that i should", "that i must", "that i need to", "that i have to", "that it is time to", "so i can")
"""What comes before the activity of which somebody is to be reminded."""
ABOUT_THING = ("about", "of", "for", "with")
"""What comes before the thing of which somebody is to be reminded."""

_ENDING = (
    r"(?:stop|quit|cease|end|leave off|finish|enough|enough of|no more|that is enough|give up|drop|have done with)"
)
_DROPPING = (
    r"(?:cancel|delete|remove|clear|drop|erase|kill|scrap|forget|forget about|lose|turn off|switch off|stop|end|wipe|"
    r"get rid of|take off|take away|take out|ditch|disable|silence|call off|throw out|throw away|bin|cut|undo|shut off)"
)
STOPPING = (
    re.compile(
        rf"{_ENDING} (?:with |of )?(?:the |all the |all |my |your |these |those |any |this |that )?"
        r"(?:constant |endless )?(?:remind(?:ing|ers?)|nudg(?:ing|es)|prodding|poking|pinging|nagging)"
        r"(?: me| us)?(?: (?P<rest>.+))?"
    ),
    re.compile(
        r"(?:do not|never|you need not|you do not (?:need|have) to|you must not|there is no need to|no need to)"
        r" (?:ever )?(?:remind|nudge|ping|prod|poke|nag)(?: me| us)(?: (?P<rest>.+))?"
    ),
    re.compile(
        r"(?:i do not|i no longer|we do not) (?:want|need|like)(?: to (?:be reminded|have|get))?"
        r"(?: any| the| more| your| these)*"
        r"(?: reminders?| reminding)?(?: (?P<rest>.+))?"
    ),
    re.compile(r"(?:no|not|without)(?: the| any| more| your)* remind(?:ers?|ing)(?: me)?(?: (?P<rest>.+))?"),
    re.compile(r"(?:all |the |my |all the )*reminders? (?:off|away|over|out)(?: (?P<rest>.+))?"),
    re.compile(r"(?:turn|switch|shut) (?:all |the |my |those |all the |all my )*reminders? off(?: (?P<rest>.+))?"),
    re.compile(r"i have had enough of (?:the |these |your |all the )*remind(?:ers?|ing)(?: me)?(?: (?P<rest>.+))?"),
)
"""Wordings that end reminders, or those that the rest names."""
DROPPED_OBJECT = re.compile(rf"{_DROPPING} (?P<object>.+)")
NAMES_REMINDERS = frozenset(
    "the my all every each of that those this these your both any me them last next first reminder reminders one ones "
    "alarm alarms at for other existing old whole lot set off down from to about on".split()
)
"""Words that name reminders, beside times."""
ENDING_FILLER = frozenset(
    "any more anymore now please at all altogether the time for good again completely ever constantly so often longer "
    "so much thanks thank you limber already okay about it of that this then".split()
)
FOR_TODAY = re.compile(
    r"(?:for )?(?:today|tonight|the rest of (?:the day|today)|the day|now today|this (?:morning|afternoon|evening))"
    r"|until tomorrow|any more today|(?:any )?more (?:for )?today|again today|until (?:the )?morning"
)
NONE_TODAY = re.compile(
    r"(?:skip|leave out|drop|cancel|pause|no|no more|not|not any) (?:the |all |my |any |more |all the )*"
    r"remind(?:ers?|ing)(?: me)?(?: (?:for )?(?:today|tonight|the rest of (?:the day|today)|until tomorrow))"
    r"|(?:skip|leave out|drop|cancel|pause) (?:all )?todays (?:reminders?|one|ones)"
    r"|(?:skip|leave) (?:it|that|them|those) (?:out )?(?:for )?today"
    r"|leave me (?:alone|in peace) (?:for )?(?:today|until tomorrow)"
    r"|no more (?:of (?:that|those|these|them) )?(?:for )?today"
    r"|not (?:any more|again) today|(?:not|nothing)(?: more)? today"
)
"""Wordings that want none on this day."""
NOT_TODAY_ALONE = re.compile(r"not today|nothing today|no more (?:for )?today|not again today|not any more today")
"""Of them, those that answer other questions as well."""

LISTING = (
    re.compile(r"(?:what|which)(?: \w+){0,5} reminders?(?: \w+){0,7}"),
    re.compile(r"(?:what|which) (?:are|is) (?:\w+ ){0,4}reminders?(?: \w+){0,4}"),
    re.compile(r"how many (?:\w+ )?reminders?(?: \w+){0,6}"),
    re.compile(r"(?:do|have|did|are|is|was|were|have i got|got)(?: \w+){0,5} reminders?(?: \w+){0,6}"),
    re.compile(
        r"(?:any|my|the|all|all my|all the|your|no) reminders?(?: (?:left|set|on|today|now|there|still|for \w+|"
        r"please|tomorrow|at all|coming|coming up|active|running|remaining|yet|is it|are there))*"
    ),
    re.compile(
        r"(?:list|read|tell|show|give|say|name|repeat|check|go through|run through|hear|see|look at|let me hear|"
        r"read out|read back|remind me of)"
        r"(?: me| out| back| through)?(?: about)?(?: all)?(?: of)?(?: the| my| your| all my)? reminders?(?: \w+){0,3}"
    ),
    re.compile(
        r"(?:what|when|how often|which times)(?: \w+){0,8} remind(?:ing|ed)?"
        r"(?: me| us)?(?: (?:of|about|next|again|to do|today|for|now|at))*"
    ),
    re.compile(r"(?:when|what) (?:is|are|comes) (?:the |my )?next reminder(?: due| on)?"),
)
"""Wordings that ask which reminders there are."""
SNOOZING = re.compile(
    r"(?:hit |press )?(?:the )?snooz(?:e|ing)"
    r"(?: (?:it|that|this|them|the reminder|the reminders|me|that one|this one|again|now))*"
    r"|(?:put|push|move) (?:it|that|this|the reminder|that one|this one) (?:off|back|on)"
    r"|(?:postpone|delay) (?:it|that|this|the reminder)"
    r"|(?:remind|ask|nudge|ping) (?:me|us) (?:again|later|again later|later again|a bit later)"
    r"|tell (?:me|us) (?:later|again later|later again|a bit later)"
    r"|(?:remind|ask|tell|nudge|ping) (?:me|us) about (?:it|that) (?:again|later)"
)
"""Wordings that put a reminder off."""
MUCH_LATER = frozenset(
    {"later", "not now", "not yet", "not right now", "a bit later", "again later", "later please", "again", "soon"}
)
"""Answers that put off a reminder that was just said, and name no time."""

ALONE_BEFORE = frozenset("please again then and also kindly".split())
"""Words between a request and what it is about, which tell nothing."""
REMINDING_SIGNS = frozenset(
    "shout remind reminding reminder reminders reminded nudge nudges nudging prod poke ping alert buzz tell warn call "
    "ask let get make have give snooze snoozing postpone delay put push move cancel delete remove clear drop "
    "erase kill scrap forget lose turn switch stop end wipe take ditch disable silence quit cease enough nagging bin "
    "throw undo cut shut".split()
)
"""Words of which a request about reminders has one; most texts have none."""
