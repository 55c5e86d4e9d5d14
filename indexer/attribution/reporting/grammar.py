"""Read how a language reports speech: the table `[reporting]` of its file, as sets of words.

The rules in this folder name no language. What they ask for is listed here, and a language that leaves a list out has none
of such words. A language without the table is left to the ranker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.language_files import language_codes, language_table
from indexer.word_lists import languages_of, word_list
from search.names.given_names import Gender, gender_shown


@dataclass(frozen=True, slots=True)
class ReportingGrammar:
    """The words by which a language reports speech, in small letters.

    verbs               words that report speech, finite or participles: `cue_verbs` of the file, `verbs` of this table, and each
                        stem of one of its `conjugations` with each of its endings
    citing_verbs        those whose object speaks: "zitiert"
    verb_endings        of finite verbs that stand alone behind a quotation: "bromeó", "brincou"
    auxiliaries         verbs that help them: "a déclaré", "hat … gesagt"
    passive_auxiliaries those of the passive, whose agent stands behind `agent_prepositions`: "wurde von Ann Roe genannt"
    beside_verbs        what may stand between a subject and its verb: adverbs, negations, "se", "lhe"
    pronouns            personal pronouns of every kind; the male and the female ones also by themselves. They may hang at
                        the verb: "dit-il", "a-t-elle"
    articles            definite and indefinite ones, the latter also by themselves; male and female ones show the gender of
                        who is named behind
    oblique_articles    those that open no subject: "den", "dem"
    possessives         "su", "sein": whose words they are that a colon introduces without a verb
    determiners         other words that open a noun phrase: "cette", "varios"
    genitives           what joins a noun phrase to its complement: "de", "del", "von"
    contractions        prepositions with an article inside: "del", "au", "im"
    prepositions        what makes no subject of the noun phrase behind it
    postpositions       the same of the noun phrase before it: "után"
    subordinators       what opens a clause of its own: "que", "dass", "wenn"; relatives name who stands before them
    complementizers     those that open what is said: "que", "dass"
    coordinators        "and", "but": the verb behind them may share the subject before
    joining             between two who speak together: `joining_words` of the file
    according           "according to", one phrase a line, before or behind the quotation; the source follows. Words of
                        `according_behind` mean that behind it only, and those of `according_after` stand after the source
    according_him, according_her    the same with the pronoun in it: "podle něj", "po jej słowach"
    mottos              words or endings of words for what is written or asked and said by nobody: "slogan", "лозунгом"
    named               nouns of works and bodies whose names stand in marks behind them: "film", "Serie"
    roles               nouns that name a person by what he does; `role_endings` those of languages that compound them
    ranks               what makes another role of one: "primer ministro"
    definite_endings    what makes a known one of a role where languages hang the article at the noun: "ministern", "ministrul"
    definite_roles      those whose last letter the article takes the place of: "primărița" of "primăriță"
    times               nouns that say when: "lunes", "año"
    places              countries in their basic form, which may stand before a name: "президент Франции Анна Роэ"
    name_endings        of first names that are in no list, male and female: "Tommaso", "Lucía"
    titles              "señora", "Herr": what stands before a name and is no part of it
    bodies              words or endings of words by which a name or a noun is a body's: "ministerio", "zeitung"
    body_nouns          nouns that name a body with the capital before them: "Evropská komise", "Белый дом"
    documents           words or endings of words for what is written by somebody: "comunicado", "mitteilung", in each case
    documents_in        the same where the noun's own ending says "in": "tiedotteessa"; whose it is stands before it
    read_in             verbs by which a document speaks, a phrase a line: "heißt es", "se lee"
    from_whom           what joins a document to whose it is, beside `genitives`: "från"
    genitive_endings    of nouns behind an article of the genitive: "des Gerichts"
    things              words or endings of words for what speaks for nobody, but for `bodies` and `documents`: "feststellung"
    unnamed             nouns for somebody who stays without a name: "persona", "Augenzeuge"
    spokesmen           roles that are nobody named before when they come with a complement: "el portavoz del club"
    elisions            what an apostrophe joins to the next word: "l", "qu"
    openers             words whose capital only says that a sentence begins: `sentence_openers` of the file
    adverb_endings      of adverbs that may open a sentence: "lich", "mente"
    no_names            other words that are no names though they open what is said with a capital: "je", "gracias"
    verb_endings        of verbs that show the gender of their subject, male and female: "сказал", "powiedziała"
    plural_verb_endings, place_prepositions   of bodies that speak as a place: "сообщили в полиции"
    case_endings        of names that are inflected, one a line with the ending of the basic form: "ого ый"; where the basic
                        form has none, alone
    oblique_endings     of nouns that are no subject: "журналистам"
    function_words      all words of the grammar that are no part of a name
    reported_moods      forms of verbs that only reported speech has: "sei", "habe"
    female_surname_endings      of surnames that women alone have: "Nováková"
    place_suffixes      behind an apostrophe, of what is a place: "Ankara'daki"
    suffixes_after_apostrophe   whether names bear endings behind an apostrophe: "Roe'nun"
    owned_endings       of what is owned: "bakanı" of "bakan"
    owner_endings       of a genitive that stands before what it owns: "şirketin sözcüsü"
    dropped_subject     whether a finite verb may have no subject
    capital_nouns       whether every noun begins with a capital
    converb_endings     of verbs that end a clause of its own before the subject of the sentence: "eleştirirken"
    same_male, same_female      behind an article, who was spoken of last: "ce dernier", "η ίδια"
    names_after_articles        whether names have articles: "ο Γιάννης Ρόου"
    last_word_inflects  whether only the last word of a name bears the ending of its case, and nouns show so what they add: "Ann Roen"
    roles_after_names   whether a role stands behind its name: "Roe Ann képviselő"
    verb_last           whether the subject opens the sentence and the verb closes it, with the quotation between them
    """

    verbs: frozenset[str]
    citing_verbs: frozenset[str]
    verb_endings: tuple[str, ...]
    auxiliaries: frozenset[str]
    passive_auxiliaries: frozenset[str]
    agent_prepositions: frozenset[str]
    beside_verbs: frozenset[str]
    male_pronouns: frozenset[str]
    female_pronouns: frozenset[str]
    pronouns: frozenset[str]
    articles: frozenset[str]
    indefinite_articles: frozenset[str]
    male_articles: frozenset[str]
    female_articles: frozenset[str]
    oblique_articles: frozenset[str]
    possessives: frozenset[str]
    determiners: frozenset[str]
    genitives: frozenset[str]
    contractions: frozenset[str]
    prepositions: frozenset[str]
    postpositions: frozenset[str]
    subordinators: frozenset[str]
    relatives: frozenset[str]
    complementizers: frozenset[str]
    coordinators: frozenset[str]
    joining: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    according_him: tuple[tuple[str, ...], ...]
    according_her: tuple[tuple[str, ...], ...]
    mottos: tuple[str, ...]
    named: frozenset[str]
    according_after: frozenset[str]
    according_behind: frozenset[str]
    male_roles: frozenset[str]
    female_roles: frozenset[str]
    other_roles: frozenset[str]
    role_endings: tuple[str, ...]
    ranks: frozenset[str]
    definite_endings: tuple[str, ...]
    definite_roles: frozenset[str]
    times: frozenset[str]
    places: frozenset[str]
    male_name_endings: tuple[str, ...]
    female_name_endings: tuple[str, ...]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    bodies: tuple[str, ...]
    body_nouns: frozenset[str]
    documents: tuple[str, ...]
    documents_in: tuple[str, ...]
    read_in: tuple[tuple[str, ...], ...]
    from_whom: frozenset[str]
    genitive_endings: tuple[str, ...]
    things: tuple[str, ...]
    unnamed: frozenset[str]
    spokesmen: frozenset[str]
    elisions: frozenset[str]
    openers: frozenset[str]
    adverb_endings: tuple[str, ...]
    no_names: frozenset[str]
    place_prepositions: frozenset[str]
    plural_verb_endings: tuple[str, ...]
    male_verb_endings: tuple[str, ...]
    female_verb_endings: tuple[str, ...]
    case_endings: tuple[tuple[str, str], ...]
    oblique_endings: tuple[str, ...]
    function_words: frozenset[str]
    reported_moods: frozenset[str]
    owner_endings: tuple[str, ...]
    owned_endings: tuple[str, ...]
    female_surname_endings: tuple[str, ...]
    place_suffixes: frozenset[str]
    converb_endings: tuple[str, ...]
    suffixes_after_apostrophe: bool
    dropped_subject: bool
    capital_nouns: bool
    same_male: frozenset[str]
    same_female: frozenset[str]
    names_after_articles: bool
    last_word_inflects: bool
    roles_after_names: bool
    verb_last: bool

    def role_of(self, word: str) -> str:
        """Return the role that a word in small letters is, in its basic form; "" where it is none."""
        if self.is_role(word):
            return word
        forms = (word.removesuffix(end) + basic for end, basic in self.case_endings if word.endswith(end))
        return next((form for form in forms if self.is_role(form)), "")

    def bare_role(self, role: str) -> str:
        """Return a role without the ending of what is owned: "bakanı", as before a name, is "bakan"."""
        stems = (role.removesuffix(ending) for ending in self.owned_endings if role.endswith(ending))
        return next((stem for stem in stems if self.is_role(stem)), role)

    def verb_gender(self, verb: str) -> Gender:
        """Return the gender of the subject that the form of a verb shows."""
        female = verb.endswith(self.female_verb_endings)
        return gender_shown(not female and verb.endswith(self.male_verb_endings), female)

    def is_role(self, word: str) -> bool:
        """Return whether a word in small letters names a person by what he does."""
        return self._is_bare_role(word) or word in self.definite_roles or self.without_article(word) != word

    def is_thing(self, word: str) -> bool:
        """Return whether a word in small letters is a thing's, and neither a body's nor that of what somebody writes."""
        return word.endswith(self.things) and not word.endswith(self.bodies + self.documents)

    def is_body(self, word: str) -> bool:
        """Return whether a word in small letters is a body's: "opposition"."""
        return self.bodies != () and word.endswith(self.bodies)

    def is_definite(self, word: str) -> bool:
        """Return whether an article hangs at a role."""
        return word in self.definite_roles or self.without_article(word) != word

    def without_article(self, word: str) -> str:
        """Return a role without the article that hangs at it: "minister" of "ministern"; other words as they are."""
        for ending in self.definite_endings:
            if word.endswith(ending) and self._is_bare_role(word.removesuffix(ending)):
                return word.removesuffix(ending)
        return word

    def _is_bare_role(self, word: str) -> bool:
        return (
            word in self.male_roles
            or word in self.female_roles
            or word in self.other_roles
            or (self.role_endings != () and word.endswith(self.role_endings))
        )


_FUNCTION_WORDS = (
    "auxiliaries", "beside_verbs", "male_pronouns", "female_pronouns", "other_pronouns", "definite_articles",
    "indefinite_articles", "determiners", "possessives", "prepositions", "contractions", "subordinators", "relatives", "coordinators", "times",
    "according_after", "no_names",
)  # fmt: skip


def _conjugated(conjugations: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """Return all forms that stems and endings make."""
    return frozenset(
        stem + ending for each in conjugations for stem in each["stems"].split() for ending in each["endings"].split()
    )


@cache
def reporting_grammar(language: str | None) -> ReportingGrammar | None:
    """Return the grammar of a language by its ISO 639 code; None where its file describes none."""
    if language not in language_codes() or not (table := language_table(language, "reporting")):
        return None

    def words(name: str) -> frozenset[str]:
        return frozenset(table.get(name, "").split())

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(line.split()) for line in table.get(name, "").splitlines() if line.strip())

    according = phrases("according")
    auxiliaries = words("auxiliaries")
    cues = word_list("cue_verbs", language) if language in languages_of("cue_verbs") else frozenset()
    openers = word_list("sentence_openers", language) if language in languages_of("sentence_openers") else frozenset()
    no_verbs = auxiliaries | words("according_after") | {phrase[0] for phrase in according}
    return ReportingGrammar(
        verbs=(cues | words("verbs") | _conjugated(table.get("conjugations", ()))) - no_verbs,
        citing_verbs=words("citing_verbs"),
        verb_endings=tuple(table.get("verb_endings", "").split()),
        auxiliaries=auxiliaries,
        passive_auxiliaries=words("passive_auxiliaries"),
        agent_prepositions=words("agent_prepositions"),
        beside_verbs=words("beside_verbs"),
        male_pronouns=words("male_pronouns"),
        female_pronouns=words("female_pronouns"),
        pronouns=words("male_pronouns") | words("female_pronouns") | words("other_pronouns"),
        articles=words("definite_articles") | words("indefinite_articles"),
        indefinite_articles=words("indefinite_articles"),
        male_articles=words("male_articles"),
        female_articles=words("female_articles"),
        oblique_articles=words("oblique_articles"),
        possessives=words("possessives"),
        determiners=words("determiners") | words("possessives"),
        genitives=words("genitives"),
        contractions=words("contractions"),
        prepositions=words("prepositions") | words("contractions"),
        postpositions=words("postpositions"),
        subordinators=words("subordinators"),
        relatives=words("relatives"),
        complementizers=words("complementizers"),
        coordinators=words("coordinators"),
        joining=word_list("joining_words", language) if language in languages_of("joining_words") else frozenset(),
        according=according,
        according_him=phrases("according_him"),
        according_her=phrases("according_her"),
        named=words("named"),
        mottos=tuple(table.get("mottos", "").split()),
        according_after=words("according_after"),
        according_behind=words("according_behind"),
        male_roles=words("male_roles"),
        female_roles=words("female_roles"),
        other_roles=words("other_roles"),
        role_endings=tuple(table.get("role_endings", "").split()),
        ranks=words("ranks"),
        definite_roles=words("definite_roles"),
        definite_endings=tuple(table.get("definite_endings", "").split()),
        times=words("times"),
        places=words("places"),
        male_name_endings=tuple(table.get("male_name_endings", "").split()),
        female_name_endings=tuple(table.get("female_name_endings", "").split()),
        male_titles=words("male_titles"),
        female_titles=words("female_titles"),
        bodies=tuple(table.get("bodies", "").split()),
        body_nouns=words("body_nouns"),
        documents=tuple(table.get("documents", "").split()),
        documents_in=tuple(table.get("documents_in", "").split()),
        read_in=phrases("read_in"),
        from_whom=words("from_whom"),
        genitive_endings=tuple(table.get("genitive_endings", "").split()),
        things=tuple(table.get("things", "").split()),
        unnamed=words("unnamed"),
        spokesmen=words("spokesmen"),
        elisions=words("elisions"),
        openers=openers | {phrase[0] for phrase in according},
        adverb_endings=tuple(table.get("adverb_endings", "").split()),
        no_names=words("no_names"),
        male_verb_endings=tuple(table.get("male_verb_endings", "").split()),
        female_verb_endings=tuple(table.get("female_verb_endings", "").split()),
        place_prepositions=words("place_prepositions"),
        plural_verb_endings=tuple(table.get("plural_verb_endings", "").split()),
        case_endings=tuple(
            (line.split()[0], "".join(line.split()[1:]))
            for line in table.get("case_endings", "").splitlines()
            if line.strip()
        ),
        oblique_endings=tuple(table.get("oblique_endings", "").split()),
        function_words=frozenset().union(*map(words, _FUNCTION_WORDS)),
        reported_moods=words("reported_moods"),
        owned_endings=tuple(table.get("owned_endings", "").split()),
        owner_endings=tuple(table.get("owner_endings", "").split()),
        female_surname_endings=tuple(table.get("female_surname_endings", "").split()),
        place_suffixes=words("place_suffixes"),
        converb_endings=tuple(table.get("converb_endings", "").split()),
        suffixes_after_apostrophe=bool(table.get("suffixes_after_apostrophe")),
        dropped_subject=bool(table.get("dropped_subject")),
        capital_nouns=bool(table.get("capital_nouns")),
        same_male=words("same_male"),
        same_female=words("same_female"),
        names_after_articles=bool(table.get("names_after_articles")),
        last_word_inflects=bool(table.get("last_word_inflects")),
        roles_after_names=bool(table.get("roles_after_names")),
        verb_last=bool(table.get("verb_last")),
    )
