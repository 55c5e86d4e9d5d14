"""Read what the program knows of each language: one file a language, `indexer/data/languages/<ISO 639 code>.toml`.

No code names a language. To add one, write its file (every table may be missing, but `[glossary]` is what speakers are found
by) and three short invented articles in `tests/golden/languages/`; CONTRIBUTING.md, "Add a language", has the steps. A file has

    [grammar]    how its sentences are built, yes or no, or a list of words:
        dropped_subjects     "dijo" is a whole clause: whoever spoke last goes on
        noun_capitals        every noun has a capital, which therefore shows no name
        compounds            nouns are written together: "Polizeisprecherin" is a word that ends in "sprecherin"
        speech_after_dash    a dash at the head of a paragraph opens speech
        words_before_cue     may stand between that dash or a comma and the verb of saying: "se ptá", "a déclaré"
        neighbours           languages that a short text of this one may be taken for
        auxiliaries          stand before a participle and are one verb with it: "a déclaré", "ha detto"
        inner_words          may stand between the two, or before a verb: "a aussitôt déclaré", "le dijo"
        joined_pronouns      are written to their verb with a hyphen: "dit-il", "a-t-elle déclaré"
        glued                are written to the word that follows: "l'", "dell'", Arabic "و"
    [glossary]   an English word = the words and phrases that do the same in a sentence, with commas between. Every form is
                 written out, in small letters. The English word is one that the lists of `en.toml` have, since whatever those
                 mean (a report of speech, a role, a pronoun of a man) is then meant; "_" is for words that mean nothing here.
        said = "sagte, sagten, hat gesagt"     any past tense        "he said" = a verb whose form shows a man, "she said" a woman
        says = "sagt, sagen"                   any present tense     "according to" = a preposition before the source
    [words]      lists that count in a text of whatever language, by the names that `indexer.word_lists` asks for
    [denials]    how the language says that words were not said; see `indexer/attribution/clauses/denials.py`

`mul.toml` has what is of no one language: first names, and the particles inside a name.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES_FOLDER = "languages"


@cache
def language_codes() -> tuple[str, ...]:
    """Return the codes of all languages that have a file, English first and the others by the alphabet."""
    folder = files("indexer").joinpath("data", LANGUAGES_FOLDER)
    codes = sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml"))
    return tuple(sorted(codes, key=lambda code: code != "en"))


@cache
def language_table(code: str, table: str) -> dict[str, Any]:
    """Return one table of a language's file, empty when the file has none. Raises FileNotFoundError for no file."""
    source = files("indexer").joinpath("data", LANGUAGES_FOLDER, f"{code}.toml")
    found: dict[str, Any] = _parsed(source.read_text(encoding="utf-8")).get(table, {})
    return found


@cache
def _parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text)
