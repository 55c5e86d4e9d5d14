"""Say whether two speakers can be one, by their names alone."""

from __future__ import annotations

from typing import Final

from search.names.given_names import spelling
from search.names.person_name import fits, initials_clash, parse_name
from search.names.speaker_kind import SpeakerKind, kind_of

# "He", "the minister", "a spokesman for Lind": somebody is meant, but not said whom, so that he can neither be nor not be another.
_UNNAMED: Final = SpeakerKind.UNNAMED


def names_agree(left: str | None, right: str | None) -> bool | None:
    """Return whether two names are one person's; None when one is not known or names nobody, or only the last name is the same.

    "Lind", "J. Lind" and "Jane Lind" agree, as do "Xi" and "Xi Jinping"; "Jane Lind" and "Bo Lind" may be one another's
    sister or a mistake, "Bill" may be "William" or his brother, "Ann Lee Jr." Ann Lee's daughter: that is not known.
    """
    if not left or not right or _UNNAMED in (kind_of(left), kind_of(right)):
        return None
    ours, theirs = parse_name(left), parse_name(right)
    if not ours.core or not theirs.core:
        return None
    one, other = ours.core, theirs.core
    if fits(one, other) or fits(other, one) or set(one) <= set(other) or set(other) <= set(one):
        full_names = len(one) > 1 and len(other) > 1
        return None if full_names and (ours.suffix != theirs.suffix or initials_clash(one, other)) else True
    return False if spelling(one[-1]) != spelling(other[-1]) else None
