"""Say why a version answers: the evidence of its words, and what its place in the answer adds to it, in log odds."""

from __future__ import annotations

from typing import Final

from search.matching.explanation import explain_match, explanation_of, log_odds_of
from search.model import Contribution, Explanation, Version
from search.text.analysis import AnalysedText, analyse

PLACE: Final = "what it holds of the words typed"
_DIGITS: Final = 1e-4  # scores are rounded to four digits: a smaller difference is none


def explain_version(asked: AnalysedText, version: Version) -> Explanation:
    """Return named contributions in log odds that add up to those of the version's score.

    The first are those of the comparison of the two wordings (`search.matching.explanation`); the last is what makes up the
    rest where the score rests on what the quote holds of the words typed and not on the comparison.
    """
    compared = explain_match(asked, analyse(version.text))
    if abs(compared.probability - version.match.score) <= _DIGITS:
        return compared
    rest = log_odds_of(version.match.score) - compared.log_odds
    return explanation_of([*compared.contributions, Contribution(PLACE, version.match.score, rest)])
