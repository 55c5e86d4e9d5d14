"""Find what is written or asked by nobody in particular: a march's slogan, the question of a vote, between marks."""

from __future__ import annotations

from typing import Final

from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.quotations.outline import Outline

_CLAUSE: Final = 12  # words before the marks, or behind them, in which a verb of saying makes speech of a slogan


def mottos(outline: Outline, grammar: ReportingGrammar) -> frozenset[int]:
    """Return the quotations that a word beside their marks calls a slogan or a question, and that no verb reports.

    "unter dem Motto „…“", "“…” sloganıyla"; not "sie riefen die Parole „…“". Linear in the length of the text.
    """
    if not grammar.mottos:
        return frozenset()
    return frozenset(
        number for at, number in enumerate(outline.quotation) if number >= 0 and _is_motto(outline, at, grammar)
    )


def _is_motto(outline: Outline, at: int, grammar: ReportingGrammar) -> bool:
    end = at - (at > 0 and outline.words[at - 1] == ":")
    sentence = outline.sentence[max(end - 1, 0) if end < at else at]  # behind a colon one may begin anew
    before = [k for k in range(max(0, end - _CLAUSE), end) if outline.sentence[k] == sentence]
    behind = [k for k in range(at + 1, min(at + 1 + _CLAUSE, len(outline))) if outline.sentence[k] == sentence]
    beside = behind[:1] if grammar.verb_last else before[-1:]
    if not any(outline.lower[k].endswith(grammar.mottos) for k in beside):
        return False
    return not any(outline.lower[k] in grammar.verbs for k in (behind if grammar.verb_last else before))
