"""Explain why a speaker: the mention, the cue, the rule or model that chose, and who was the runner-up.

Made only when asked for, by attributing the document once more: extraction without it keeps and costs nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.attribution.assembly import AssembledQuotation, assemble_with_sources
from indexer.attribution.attribute import analyse_quotations
from indexer.attribution.attribution_model import AttributionModel, packaged_model
from indexer.attribution.source_selection import SelectedSource, likeliest_others
from indexer.attribution.vocabulary import AttributionMethod
from indexer.quotations.chunks import split_document
from search.model import Attribution, Document

_REASONS = {
    AttributionMethod.NAME: "the name itself",
    AttributionMethod.ROLE: "by titles and appositions",
    AttributionMethod.PRONOUN: "the pronoun resolved by the coreference model",
    AttributionMethod.RELATIVE: "the name right before",
    AttributionMethod.REFERENCE: "the last body or people spoken of",
    AttributionMethod.AUTHOR: "the document's author",
    AttributionMethod.LABEL: "a transcript's label",
    AttributionMethod.CITE: "the name under a block quotation",
    AttributionMethod.NESTED: "inside this speaker's quotation",
    AttributionMethod.NESTED_CUE: "a clause inside another quotation",
}
_BY_RULE = frozenset(
    (AttributionMethod.LABEL, AttributionMethod.CITE, AttributionMethod.NESTED, AttributionMethod.NESTED_CUE)
)


@dataclass(frozen=True, slots=True)
class AttributionExplanation:
    """Why a quotation has its speaker.

    mention, cue                the source as printed and the words that report; None when there are none
    method                      how the source was found, "" when nobody was
    chosen_by                   "rule" or "model"; None when nobody was found
    probability                 of this speaker, before calibration: comparable with the runner-up's
    runner_up, _probability     the likeliest other speaker; None when nobody else was considered
    """

    mention: str | None = None
    cue: str | None = None
    method: str = ""
    chosen_by: str | None = None
    probability: float = 0.0
    runner_up: str | None = None
    runner_up_probability: float | None = None

    def sentence(self) -> str:
        """Return the explanation as one line for a person to read."""
        if self.chosen_by is None:
            return "nobody was found near it"
        parts = [f"“{self.mention}”" if self.mention else "", f"cue “{self.cue}”" if self.cue else ""]
        parts.append(f"{_REASONS[AttributionMethod(self.method)]}, chosen by {self.chosen_by}, {self.probability:.2f}")
        if self.runner_up is not None and self.runner_up_probability is not None:
            parts.append(f"next {self.runner_up}, {self.runner_up_probability:.2f}")
        return "; ".join(part for part in parts if part)


def explain(document: Document, model: AttributionModel | None = None) -> tuple[AttributionExplanation, ...]:
    """Return an explanation for each of the attributions that `attribute` returns for the document, in their order."""
    model = model or packaged_model()
    chunks = (chunk for _, chunk in split_document(document))
    return tuple(
        _explanation(each) for chunk in chunks for each in assemble_with_sources(analyse_quotations(chunk, model))
    )


def _explanation(assembled: AssembledQuotation) -> AttributionExplanation:
    """Return why an assembled quotation has its speaker."""
    attribution, source = assembled.attribution, assembled.source
    if not attribution.method:
        return AttributionExplanation(mention=attribution.mention, cue=attribution.cue)
    method = AttributionMethod(attribution.method)
    by_rule = method in _BY_RULE or (source is not None and source.by_rule)
    runner_up, runner_up_probability = _runner_up(attribution, source, method)
    ranked = source is not None and method != AttributionMethod.NESTED_CUE
    return AttributionExplanation(
        mention=attribution.mention,
        cue=attribution.cue,
        method=method.value,
        chosen_by="rule" if by_rule else "model",
        probability=source.probability if source is not None and ranked else attribution.confidence,
        runner_up=runner_up,
        runner_up_probability=runner_up_probability,
    )


def _runner_up(
    attribution: Attribution, source: SelectedSource | None, method: AttributionMethod
) -> tuple[str | None, float | None]:
    """Return the likeliest other speaker with its probability; of an inner clause it is the outer speaker."""
    if method == AttributionMethod.NESTED_CUE:
        return (attribution.via[-1] if attribution.via else None), None
    others = likeliest_others(source) if source is not None else iter(())
    return next(others, (None, None))
