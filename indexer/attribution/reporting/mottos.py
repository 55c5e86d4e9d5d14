"""Find what nobody in particular says, between marks: a march's slogan, the question of a vote, a film's title."""

from __future__ import annotations

from typing import Final

from indexer.attribution.reporting.grammar import ReportingGrammar
from indexer.quotations.outline import Outline

_LONGEST_NAME: Final = 7  # words of a work's or a body's name
_MARKS: Final = '"“”«»„‚‘’ \xa0\u202f'
_NO_NAME_ENDS: Final = ".,;…"
_CLAUSE: Final = 12  # words before the marks, or behind them, in which a verb of saying makes speech of a slogan


def mottos(outline: Outline, grammar: ReportingGrammar) -> frozenset[int]:
    """Return the quotations that a word beside their marks calls a slogan or a question, and that no verb reports.

    "unter dem Motto „…“", "“…” sloganıyla"; not "sie riefen die Parole „…“". What a noun right before the marks says to be a
    work or a body is its name: "der Film „…“". Linear in the length of the text.
    """
    return frozenset(
        number
        for at, number in enumerate(outline.quotation)
        if number >= 0 and (_is_motto(outline, at, grammar) or _is_name(outline, at, grammar))
    )


def _is_name(outline: Outline, at: int, grammar: ReportingGrammar) -> bool:
    if at == 0 or outline.lower[at - 1] not in grammar.named or outline.sentence[at - 1] != outline.sentence[at]:
        return False
    content = outline.text[outline.starts[at] : outline.ends[at]].strip(_MARKS)
    starts = content[:1].isupper() and content[-1] not in _NO_NAME_ENDS
    return starts and len(content.split()) <= _LONGEST_NAME


def _is_motto(outline: Outline, at: int, grammar: ReportingGrammar) -> bool:
    if not grammar.mottos:
        return False
    end = at - (at > 0 and outline.words[at - 1] == ":")
    sentence = outline.sentence[max(end - 1, 0) if end < at else at]  # behind a colon one may begin anew
    before = [k for k in range(max(0, end - _CLAUSE), end) if outline.sentence[k] == sentence]
    behind = [k for k in range(at + 1, min(at + 1 + _CLAUSE, len(outline))) if outline.sentence[k] == sentence]
    beside = behind[:1] if grammar.verb_last else before[-1:]
    if not any(outline.lower[k].endswith(grammar.mottos) for k in beside):
        return False
    return not any(outline.lower[k] in grammar.verbs for k in (behind if grammar.verb_last else before))
