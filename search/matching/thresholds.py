"""Every number that decides a verdict on two wordings: its unit, and where it comes from.

"Learned" means by logistic regression on pairs of the stream (a quote, and what the index ranks highest for it) of
translated news and scripture; figures and the way to learn them anew: docs/versions.md, "The verdict". Where no source is
named a number was set by hand, and nothing finer than its first digit should be read into it.
"""

from __future__ import annotations

from typing import Final

# -- the verdict: probabilities, 0 to 1

UTTERANCE_PROBABILITY: Final = 0.5
"""From here two wordings are taken for one utterance: the point where as many pairs are right as wrong."""
POSSIBLE_PROBABILITY: Final = 0.22
"""From here they may be one, and are shown apart as `reworded`."""
BRACKETS_PROBABILITY: Final = 0.99
"""The same words, some of them in an editor's brackets on one side."""
STOCK_PHRASE_PROBABILITY: Final = 0.6
"""The same words by another speaker, when they say less than `SAME_PHRASE_NATS`."""
SAME_PHRASE_NATS: Final = 36.0
"""Four times `NEUTRAL_NATS`: what two people say in the very same words of more is one utterance under a wrong name."""

# -- the kind of a match: shares of information, 0 to 1

REWORDED_SHARE_OF_LONGER: Final = 0.5
REWORDED_SHARE_OF_SHORTER: Final = 0.75
"""Less of the longer and less of the shorter kept in order: the same utterance in other words, no edit of its words."""
PART_SHARE_OF_SHORTER: Final = 0.9
PART_SHARE_OF_LONGER: Final = 0.7
"""More of the shorter and less of the longer kept in order: one was cut out of the other and changed."""

# -- the log odds that two wordings are one utterance as a whole. Learned

WHOLE_CONSTANT: Final = -8.0
WHOLE_SHARE_IN_ORDER: Final = 5.1
"""For all of the longer's information kept in order."""
WHOLE_SHARE_IN_ANY_FORM: Final = 8.2
"""For all of it kept in any order and in any form of its words."""
WHOLE_AMOUNT: Final = 0.7
"""For each e-fold of the shared nats above `NEUTRAL_NATS`."""
NEUTRAL_NATS: Final = 9.0
"""Shared by two wordings when how much they share tells neither for nor against."""
MOVED_AMOUNT: Final = 0.6
"""The share of the nats kept in another order or form that count among the shared."""
LITTLE_SAID: Final = 2.0
"""Against, for each e-fold of the shared nats below `LITTLE_SAID_NATS`: two short sentences of one kind are alike."""
LITTLE_SAID_NATS: Final = 20.0
OTHER_NUMBERS: Final = (0.0, 0.7, 3.2)
"""Against: the same numbers; one side has a number more; one has another than the other."""

# -- the log odds that one was cut out of the other. Set by reading some 70 pairs of real news from different outlets: fully
# contained pieces of 14 to 24 nats are one utterance in about half of the cases when speaker and day are not known

PART_SHARE_MISSING: Final = 14.0
"""Against, for all of the shorter's information not kept in order."""
PART_AMOUNT: Final = 2.5
"""For each e-fold of the kept nats above `PART_NEUTRAL_NATS`."""
PART_NEUTRAL_NATS: Final = 16.0
"""A piece that says so much is as likely as not a part of what contains it."""
PART_BROKEN: Final = 2.0
"""Against, for all of the kept nats that stand outside the longest unbroken run."""

# -- speakers and days: log odds

SAME_SPEAKER: Final = 1.5
OTHER_SPEAKER: Final = -3.0
DAYS_APART: Final = ((2, 1.2), (14, 0.6), (60, 0.0), (400, -0.8))
"""For wordings printed at most so many days apart; further apart `LONG_AFTER`."""
LONG_AFTER: Final = -1.5

# -- reading

MOST_WORDS: Final = 4_000
"""Words of a text that are aligned, so that no input takes more than some 20 ms."""
OTHER_FORM_NATS: Final = 2.0
"""Commoner words are not looked for in other forms: "is" and "was" are in every text."""
OTHER_FORM_SHARE: Final = 0.5
"""The share of its information that a word in another form keeps."""
NAME_NATS: Final = 3.5
"""What a capitalised word has to say to be taken for a name where it begins a sentence: commoner ones do so often."""
