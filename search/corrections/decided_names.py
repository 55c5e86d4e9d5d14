"""Who is who as people decided it: what `speakers.toml` says, and on top of it the corrections of names, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.corrections.correction import Correction, CorrectionKind
from search.names.alias_file import AliasFile
from search.names.person_name import folded_name


def decided_names(file: AliasFile, corrections: Iterable[Correction]) -> AliasFile:
    """Return the decisions of a file with those of some corrections on top, the oldest first; other kinds are passed over."""
    decided = file
    for one in corrections:
        if one.kind == CorrectionKind.SAME_PERSON:
            decided = _together(decided, one.names[0], one.names)
        elif one.kind == CorrectionKind.OTHER_PERSON:
            decided = _apart(decided, one.names)
    return decided


def _together(decided: AliasFile, name: str, names: Sequence[str]) -> AliasFile:
    """Return the decisions with all `names`, and whoever was called by one of them, called `name`."""
    joined = {folded_name(each) for each in names}
    aliases = {alias: name if folded_name(target) in joined else target for alias, target in decided.aliases.items()}
    aliases |= dict.fromkeys(joined, name)
    # Who puts two names together no longer means what was said of their being apart.
    return AliasFile(aliases, tuple(some for some in decided.apart if len(some & joined) < 2))


def _apart(decided: AliasFile, names: Sequence[str]) -> AliasFile:
    """Return the decisions with each of `names` standing for itself, and for different people."""
    parted = frozenset(folded_name(each) for each in names)
    aliases = {
        alias: target
        for alias, target in decided.aliases.items()
        if alias not in parted or alias == folded_name(target)
    }
    apart = decided.apart if parted in decided.apart else (*decided.apart, parted)
    return AliasFile(aliases, apart)
