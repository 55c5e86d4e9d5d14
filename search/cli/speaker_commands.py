"""The commands that say who is who: `speakers list`, `show`, `compare`, `import`, `merge`, `split`, `rename`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from search.cli import GroupOfSentences, complain, instance_option, print_answer, settings_for
from search.cli.correction_commands import correct_from_command, correcting
from search.corrections.correction import CorrectionKind
from search.errors import QuoteNotFound
from search.plural import counted

if TYPE_CHECKING:
    from search.names.speaker_table import SpeakerRow

SKIPS_SAID: Final = 20  # entries of a file that cannot be read, one sentence each: more are only counted


@click.group(cls=GroupOfSentences)
@instance_option
def speakers(instance: str | None) -> None:
    """List the speakers, and say which names are one person.

    What you say here is a correction, as `quotes corrections` has them: it takes effect at once, survives a rebuild, and can
    be taken back. What `speakers.toml` in the instance folder says, which you can write by hand, counts before it.

    \b
    quotes speakers list
    quotes speakers show "Zarif" --explain
    quotes speakers compare Zarif Soleimani --on diplomacy
    quotes speakers import politicians.json
    quotes speakers merge "Mohammad Javad Zarif" "FM Zarif" "M. J. Zarif"
    quotes speakers split "Ann Lee" "A. Lee"
    quotes speakers rename "Ann Lee" "Ann Lee (mayor)"
    """


@speakers.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@instance_option
def list_speakers(as_json: bool, instance: str | None) -> None:
    """List the speakers, most quoted first, each with the other names it is printed under.

    \b
    quotes speakers list --json
    """
    from search.renderers.json import speaker_object
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        rows = store.speaker_table()
    print_answer([speaker_object(row) for row in rows] if as_json else map(_row_line, rows))


def _row_line(row: SpeakerRow) -> str:
    also = f"  (also {', '.join(row.other_names)})" if row.other_names else ""
    return f"{row.quotes:6,}  {row.name}{f'  {row.id}' if row.id else ''}{also}"


@speakers.command("show")
@click.argument("name")
@click.option("--explain", is_flag=True, help="Say for each name why it is the speaker's, and what was left apart.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@instance_option
def show_speaker(name: str, explain: bool, as_json: bool, instance: str | None) -> None:
    """Show whom a name means, and what the archive has of him: names, roles, outlets, quotes over time, what is printed most.

    \b
    quotes speakers show "Zarif" --explain
    """
    from search.profiles.as_json import speaker_overview_object
    from search.profiles.as_text import speaker_lines
    from search.profiles.profile import speaker_overview
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        store.catch_up_if_free()
        overview = speaker_overview(store, name)
    print_answer(speaker_overview_object(overview) if as_json else speaker_lines(overview, explain=explain))


@speakers.command("compare")
@click.argument("names", nargs=-1, required=True)
@click.option("--on", "words", required=True, help="The word, or words, that they are compared on.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@instance_option
def compare_speakers(names: tuple[str, ...], words: str, as_json: bool, instance: str | None) -> None:
    """Set side by side what speakers said with the same words, and when.

    \b
    quotes speakers compare "Javad Zarif" "Qassem Soleimani" --on diplomacy
    """
    from search.find.query_language import parse_query
    from search.profiles.as_json import side_object
    from search.profiles.as_text import side_lines
    from search.profiles.side_by_side import side_by_side
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        sides = side_by_side(store, parse_query(words), names)
    print_answer([side_object(side) for side in sides] if as_json else side_lines(sides))


@speakers.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@instance_option
def import_authority(file: Path, instance: str | None) -> None:
    """Import an authority file: who is called what, in which scripts, with ids, and who held which office when.

    It may be the result of a Wikidata query (JSON or CSV), Popolo JSON, the YAML of congress-legislators, or
    FollowTheMoney entities as OpenSanctions gives them (JSON Lines). What is imported is added to what is there.

    \b
    quotes speakers import legislators-current.yaml
    """
    from search.model import Skip
    from search.names.authority_file import read_authority
    from search.storage.store import Store

    entries, skipped = [], 0
    for entry in read_authority(file):
        if isinstance(entry, Skip):
            skipped += 1
            if skipped <= SKIPS_SAID:
                complain(f"{entry.path}: {entry.reason}")
        else:
            entries.append(entry)
    with Store(settings_for(instance)) as store:
        store.import_authority(entries)
    click.echo(f"imported {counted(len(entries), 'person', 'people')}; {skipped} skipped")
    click.get_current_context().exit(1 if skipped else 0)


@speakers.command("merge")
@click.argument("name")
@click.argument("aliases", nargs=-1, required=True)
@correcting
@instance_option
def merge_speakers(name: str, aliases: tuple[str, ...], person: str, reason: str, instance: str | None) -> None:
    """Take all these names for one person, called NAME.

    \b
    quotes speakers merge "Mohammad Javad Zarif" "FM Zarif"
    """
    correct_from_command(instance, CorrectionKind.SAME_PERSON, person, reason, names=(name, *aliases))


@speakers.command("split")
@click.argument("names", nargs=-1, required=True)
@correcting
@instance_option
def split_speakers(names: tuple[str, ...], person: str, reason: str, instance: str | None) -> None:
    """Keep these names apart: they are different people.

    \b
    quotes speakers split "Ann Lee" "A. Lee"
    """
    correct_from_command(instance, CorrectionKind.OTHER_PERSON, person, reason, names=names)


@speakers.command("rename")
@click.argument("old")
@click.argument("new")
@correcting
@instance_option
def rename_speaker(old: str, new: str, person: str, reason: str, instance: str | None) -> None:
    """Call the speaker OLD, under all its names, NEW.

    \b
    quotes speakers rename "Zarif" "Mohammad Javad Zarif"
    """
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        who = store.speakers()
        names = who.names(who.of(old) or old)
    if not names:
        raise QuoteNotFound(f"Nobody called {old} is quoted in this archive; nothing was renamed.")
    correct_from_command(instance, CorrectionKind.SAME_PERSON, person, reason, names=(new, old, *names))
