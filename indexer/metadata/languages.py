"""Which language a text is in: by its script, then by its commonest words. No model, nothing to load."""

from __future__ import annotations

import re
from collections import Counter

from search.provenance import Provenance

# How much of a text is looked at: language does not change after that, and this is 1 ms.
SAMPLE_CHARS = 2000

_SCRIPTS = re.compile(
    "(?P<kana>[\u3040-\u30ff]+)|(?P<hangul>[\uac00-\ud7af]+)|(?P<han>[\u4e00-\u9fff]+)|(?P<cyrillic>[\u0400-\u04ff]+)"
    "|(?P<arabic>[\u0600-\u06ff]+)|(?P<hebrew>[\u0590-\u05ff]+)|(?P<greek>[\u0370-\u03ff]+)|(?P<devanagari>[\u0900-\u097f]+)"
    "|(?P<bengali>[\u0980-\u09ff]+)|(?P<tamil>[\u0b80-\u0bff]+)|(?P<thai>[\u0e00-\u0e7f]+)|(?P<georgian>[\u10a0-\u10ff]+)"
    "|(?P<armenian>[\u0530-\u058f]+)|(?P<amharic>[\u1200-\u137f]+)|(?P<latin>[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)"
)
_ONE_LANGUAGE = {
    "hangul": "ko", "hebrew": "he", "greek": "el", "devanagari": "hi", "bengali": "bn", "tamil": "ta", "thai": "th",
    "georgian": "ka", "armenian": "hy", "amharic": "am",
}  # fmt: skip

# Words that a page of news in the language cannot do without; those of near neighbours are chosen to differ.
_WORDS = {
    "en": "the of and to in that is was for it with as his on be at by had not are but from have they which said",
    "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus hat",
    "fr": "le la les de des et est une dans pour que qui sur pas plus par au avec ce il elle sont du son cette",
    "es": "el la los las de que y en un una por con para se del no su al es como más pero fue ha este",
    "it": "il di che la e un per non una è del con sono le della si da nel alla come anche gli dei ha più",
    "pt": "o a os as de que e do da em um uma para com não por no na mais se dos ao foi é pelo são também",
    "nl": "de het een van en in is dat op te zijn voor met die niet aan er om ook als maar bij door naar heeft",
    "da": "og i at det en den til er som på de med af for ikke der var et har om vi blev efter også fra",
    "no": "og i det som en på er av til for at med ikke den har de et om han var vi etter fra seg ble også",
    "sv": "och i att det som en på är av för med den till har inte om de ett var han men vi från sig efter",
    "fi": "ja on ei että se oli hän mutta myös kun ovat joka tai niin kuin ollut olla sen mukaan sekä vuoden",
    "pl": "w i na z się nie do to że jest o od za przez jak po ale dla są tym oraz który był jego roku",
    "cs": "a v na se je že s z do to o ve k pro jako za by po podle jsou který také ale byl jeho při",
    "sk": "a v na sa je že s z do to o vo k pre ako za by po podľa sú ktorý tiež ale bol jeho pri",
    "hu": "a az és hogy nem is egy meg ez volt csak már de van el szerint mint ki még azt után lesz",
    "ro": "de și în a la cu pe nu din că o este care pentru au mai fi să un se prin după sau lui",
    "hr": "i u je na se da za su od s o ne kao što će koji bi iz do nije ali biti bio prema ili",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ne kadar sonra en ise var dedi olduğunu her ancak",
    "id": "yang dan di untuk dengan dari ini itu dalam pada tidak akan juga adalah oleh karena saat mereka telah bisa",
    "ms": "yang dan di untuk dengan dari ini itu dalam pada tidak akan juga adalah oleh kerana ketika beliau telah boleh",
    "vi": "và của là có không được cho các trong một người đã với những này khi để đến ông từ",
    "sw": "na ya wa kwa ni katika za la kuwa hii huo cha kama hiyo alisema lakini watu baada hivyo pia",
    "zu": "ukuthi uthe futhi kanye kodwa ngoba lapho njengoba wathi nje uma manje abantu ngesikhathi kusho naye bathi ukuba yini lokhu kule",
    "xh": "ukuba kwaye kunye kodwa ngoba uthe xa abantu ngexesha njengoko utsho kwa apho oku loo kule emva",
    "af": "die en van in is het dat nie vir met op te sy wat aan om ook as hy sal by word oor was",
    "tl": "ang ng sa na mga at ay ni si para niya ito kay hindi nang may siya rin kanyang pa",
    "ca": "el la els les de que i en un una per amb no és del al ha més com però també seva són aquest",
    "eu": "eta da du ez ere bat dute izan baina zuen hori den dira egin zen dela beste",
    "sq": "në e të dhe për me një që nga është i si nuk janë se më do ka kjo por",
    "lt": "ir kad yra su į iš tai bet ne kaip jis buvo už apie nuo dėl po bus kurie pat",
    "lv": "un ir ka ar par no uz arī bet kas tā lai pēc bija nav kā gan tika šo viņš",
    "et": "ja on et ei ka see oli ning kui aga mis või tema selle oma ta kes nii pärast",
    "is": "og að í er á til við um en sem með það hann var fyrir af ekki hefur eru því",
}  # fmt: skip
_CYRILLIC = {
    "ru": "и в не на что с по как это а но из у за от был так же для к он его она они",
    "uk": "і в не на що з та до як це але від за про у є був також для його які він та щоб",
    "bg": "и в на да се за от не е че с по като ще са до това при която той има бе",
    "sr": "и у је на се да за су од са не као што ће који би из до није али",
    "be": "і ў не на што з да як гэта але ад за пра у быў таксама для яго які ён",
    "kk": "және мен бұл үшін деп да бойынша болды бар осы туралы емес",
}
_ARABIC = {
    "ar": "في من على أن إلى عن التي الذي هذا وقال كان قال مع هذه ما لا بعد بين قد",
    "fa": "و در به از که این را با است آن برای یک خود تا بر هم شد شده می های گفت",
    "ur": "کے میں کی ہے اور سے کا کو نے پر ہیں کہ یہ اس کہا تھا بھی گیا",
    "ku": "لە بە کە بۆ و ئەو لەگەڵ ئەم دەکات هەر",
}
_WORD = re.compile(r"[^\W\d_]+")


def _table(lists: dict[str, str]) -> dict[str, list[tuple[str, float]]]:
    """word -> languages it speaks for, with a weight: a word shared by five languages says a fifth."""
    shared = Counter(word for words in lists.values() for word in set(words.split()))
    table: dict[str, list[tuple[str, float]]] = {}
    for language, words in lists.items():
        for word in set(words.split()):
            table.setdefault(word, []).append((language, 1.0 / shared[word]))
    return table


_TABLES = {"latin": _table(_WORDS), "cyrillic": _table(_CYRILLIC), "arabic": _table(_ARABIC)}
# Of the words of running news text, at least one in this many is in the list of its language.
_ENOUGH = 0.10


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None when it is too short or in a language not known here."""
    sample = text[:SAMPLE_CHARS]
    scripts: Counter[str | None] = Counter()
    for found in _SCRIPTS.finditer(sample):
        scripts[found.lastgroup] += found.end() - found.start()
    if not scripts:
        return None
    if scripts["kana"] * 10 > scripts["han"] + scripts["kana"] and scripts["kana"] > 5:
        return "ja"
    script, letters = scripts.most_common(1)[0]
    if letters < 6 or script is None:
        return None
    if script == "han":
        return "zh"
    return _ONE_LANGUAGE.get(script) or _by_words(sample, script)


def _by_words(sample: str, script: str) -> str | None:
    words = [word.casefold() for word in _WORD.findall(sample)]
    votes: Counter[str] = Counter()
    for word in words:
        for language, weight in _TABLES[script].get(word, ()):
            votes[language] += weight  # type: ignore[assignment]
    if not votes:
        return None
    language, votes_for = votes.most_common(1)[0]
    return language if votes_for >= _ENOUGH * 0.3 * len(words) and votes_for >= 1 else None


def primary_language(value: str | None) -> str | None:
    """Return the primary part of a language tag (RFC 5646): `en` of `en-GB` or `en_US.UTF-8`; None for what is none."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", value or "")
    if not found:
        return None
    code = found.group(1).lower()
    return {"nb": "no", "nn": "no", "iw": "he", "in": "id", "eng": "en", "ger": "de", "deu": "de", "fre": "fr"}.get(
        code, code
    )


def choose_language(declared: str | None, text: str) -> tuple[str | None, Provenance | None]:
    """Return the language of a text and how it is known. What the text itself says wins over what was declared of it."""
    found, said = detect_language(text), primary_language(declared)
    # Neighbours that the words tell apart badly: the declaration decides between them.
    if said and (found is None or found == said or {found, said} in _NEIGHBOURS or said not in _KNOWN):
        return said, Provenance.DECLARED
    return (found, Provenance.DETECTED) if found else (None, None)


_KNOWN = {*_WORDS, *_CYRILLIC, *_ARABIC, *_ONE_LANGUAGE.values(), "ja", "zh"}
_NEIGHBOURS = (
    {"id", "ms"}, {"da", "no"}, {"cs", "sk"}, {"zu", "xh"}, {"nl", "af"}, {"ru", "be"}, {"hr", "sr"}, {"es", "ca"},
    {"uk", "be"}, {"es", "pt"}, {"sv", "no"}, {"ru", "bg"},
)  # fmt: skip
