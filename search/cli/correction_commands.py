"""The commands `quotes corrections`: what people corrected, and how it is made, taken back, exported and imported."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from typing import Any, Final

import click

from search.cli import AnyFunction, GroupOfSentences, complain, instance_option, json_lines, settings_for
from search.corrections.correction import Correction, CorrectionKind
from search.errors import QueryError, QuoteNotFound
from search.plural import counted

WORDS_SHOWN: Final = 60  # code points of a quote on its line of the list
SKIPS_NAMED: Final = 20  # lines of a file that are no correction, one sentence each: more are only counted


def correcting(command: AnyFunction) -> AnyFunction:
    """Add `--by` and `--reason` to a command that corrects."""
    command = click.option("--reason", default="", help="Why, in a sentence that others will read.")(command)
    return click.option("--by", "person", default=_own_name, help="Who corrects (by default your login name).")(command)


def correct_from_command(instance: str | None, kind: CorrectionKind, person: str, reason: str, **what: Any) -> None:
    """Make a correction and print its id, by which it can be taken back."""
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        correction = store.correct(kind, person, reason, **what)
    click.echo(f"corrected; `quotes corrections undo {correction.id}` takes it back")


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return ""


@click.group(cls=GroupOfSentences)
@instance_option
def corrections(instance: str | None) -> None:
    """List what people corrected, correct a quote, take a correction back, export and import.

    A quote is corrected by its document and its words, so that a correction survives a rebuild and indexing anew.

    \b
    quotes corrections list
    quotes corrections speaker 3f2a9c0d1e4b5a67 "Marta Lind" --reason "the caption names her"
    quotes corrections hide 3f2a9c0d1e4b5a67 --reason "withdrawn by the paper"
    quotes corrections export > corrections.jsonl
    """


@corrections.command("list")
@click.option("--quote", "quote_id", help="Only those in force of this quote.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@instance_option
def list_corrections(quote_id: str | None, as_json: bool, instance: str | None) -> None:
    """List the corrections, oldest first, those that were taken back too.

    \b
    quotes corrections list --json
    """
    from search.corrections.exchange import correction_object
    from search.renderers.json import encoded
    from search.renderers.text import safe_columns
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        listed = store.corrections() if quote_id is None else store.corrections_of(quote_id)
    if as_json:
        click.echo(encoded([correction_object(one) for one in listed]), nl=False)
        return
    for one in listed:
        for line in correction_lines(one):
            click.echo(safe_columns(line))


@corrections.command("speaker")
@click.argument("id_", metavar="QUOTE")
@click.argument("name", required=False)
@correcting
@instance_option
def correct_speaker(id_: str, name: str | None, person: str, reason: str, instance: str | None) -> None:
    """Give a quote another speaker; without a NAME, none that is known.

    For a name that is wrong everywhere: `quotes speakers merge` and `split`.

    \b
    quotes corrections speaker 3f2a9c0d1e4b5a67 "Marta Lind"
    """
    correct_from_command(
        instance, CorrectionKind.SPEAKER, person, reason, quotes=[id_], names=[] if name is None else [name]
    )


@corrections.command("scare")
@click.argument("id_", metavar="QUOTE")
@correcting
@instance_option
def correct_scare(id_: str, person: str, reason: str, instance: str | None) -> None:
    """Mark a quote as one of nobody: a title, a slogan, a word held at a distance.

    \b
    quotes corrections scare 3f2a9c0d1e4b5a67
    """
    correct_from_command(instance, CorrectionKind.SCARE, person, reason, quotes=[id_])


@corrections.command("said")
@click.argument("id_", metavar="QUOTE")
@correcting
@instance_option
def correct_said(id_: str, person: str, reason: str, instance: str | None) -> None:
    """Mark a quote as said by somebody, where the marks were taken for scare quotes.

    \b
    quotes corrections said 3f2a9c0d1e4b5a67
    """
    correct_from_command(instance, CorrectionKind.SAID, person, reason, quotes=[id_])


@corrections.command("hide")
@click.argument("id_", metavar="QUOTE")
@correcting
@instance_option
def hide_quote(id_: str, person: str, reason: str, instance: str | None) -> None:
    """Show a quote nowhere any more; the text of its document stays as it is.

    \b
    quotes corrections hide 3f2a9c0d1e4b5a67 --reason "withdrawn by the paper"
    """
    correct_from_command(instance, CorrectionKind.HIDE, person, reason, quotes=[id_])


@corrections.command("restore")
@click.argument("id_", metavar="QUOTE")
@correcting
@instance_option
def restore_quote(id_: str, person: str, reason: str, instance: str | None) -> None:
    """Show a quote again that was hidden.

    \b
    quotes corrections restore 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        hidings = [one for one in store.corrections_of(id_) if one.kind == CorrectionKind.HIDE]
        for one in hidings:
            store.undo_correction(one.id, person, reason)
    if not hidings:
        raise QuoteNotFound(f"No quote {id_!r} is hidden in this archive.")
    click.echo("restored")


@corrections.command("undo")
@click.argument("id_", metavar="CORRECTION")
@correcting
@instance_option
def undo_correction(id_: str, person: str, reason: str, instance: str | None) -> None:
    """Take a correction back: what was corrected before it, or was read, counts again.

    \b
    quotes corrections undo 3f2a9c0d1e4b5a67
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.undo_correction(id_, person, reason)
    click.echo("taken back")


@corrections.command("export")
@instance_option
def export_corrections(instance: str | None) -> None:
    """Print every correction as JSON, one a line, those that were taken back too.

    \b
    quotes corrections export > corrections.jsonl
    """
    from search.corrections.exchange import correction_object
    from search.renderers.json import encoded
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        for one in store.corrections():
            click.echo(encoded(correction_object(one)), nl=False)


@corrections.command("import")
@click.argument("file", type=click.File("rb"))
@instance_option
def import_corrections(file: Any, instance: str | None) -> None:
    """Keep the corrections of a file, as `export` prints them; those of quotes that are not here yet wait for them.

    \b
    quotes corrections import corrections.jsonl
    """
    from search.storage.store import Store

    skipped: list[str] = []
    read = list(_corrections_in(file, skipped))
    with Store(settings_for(instance)) as store:
        new = store.import_corrections(read)
    for reason in skipped[:SKIPS_NAMED]:
        complain(reason)
    click.echo(f"imported {counted(new, 'correction')}; {len(read) - new} known already; {len(skipped)} skipped")
    click.get_current_context().exit(1 if skipped else 0)


def _corrections_in(file: Any, skipped: list[str]) -> Iterator[Correction]:
    """Yield the corrections of a file; why a line is none is added to `skipped`."""
    from search.corrections.exchange import correction_from

    for number, row in json_lines(file, "The file"):
        try:
            yield correction_from(row)
        except QueryError as error:
            skipped.append(f"line {number}: {error}")


def correction_lines(correction: Correction) -> Iterator[str]:
    """Yield the lines by which the terminal shows a correction."""
    names = ", ".join(correction.names) or ("nobody known" if correction.kind == CorrectionKind.SPEAKER else "")
    words = [f"“{one.exact[:WORDS_SHOWN]}{'…' if len(one.exact) > WORDS_SHOWN else ''}”" for one in correction.quotes]
    what = " ".join(filter(None, (correction.kind.replace("_", " "), names)))
    yield f"{correction.id}  {correction.made[:16]}  {correction.person or 'somebody'}: {what}"
    yield from (f"    {word}" for word in words[:2])
    if len(words) > 2:
        yield f"    and {counted(len(words) - 2, 'quote')} more"
    if correction.reason:
        yield f"    because: {correction.reason}"
    if correction.undone is not None:
        why = f": {correction.undone_reason}" if correction.undone_reason else ""
        yield f"    taken back {correction.undone[:16]} by {correction.undone_by or 'somebody'}{why}"
