"""The commands that say who is who: `speakers list`, `show`, `import`, `merge`, `split`, `rename`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from search.cli import instance_option, settings_for
from search.cli.correction_commands import correct_from_command, correcting
from search.corrections.correction import CorrectionKind
from search.errors import QueryError
from search.plural import counted

if TYPE_CHECKING:
    from search.names.speaker_table import ExplainedName, SpeakerProfile

SKIPS_SAID: Final = 20  # entries of a file that cannot be read, one sentence each: more are only counted


@click.group()
@instance_option
def speakers(instance: str | None) -> None:
    """List the speakers, and say which names are one person.

    What you say here is a correction, as `quotes corrections` has them: it takes effect at once, survives a rebuild, and can
    be taken back. What `speakers.toml` in the instance folder says, which you can write by hand, counts before it.

    \b
    quotes speakers list
    quotes speakers show "Zarif" --explain
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
    from search.renderers.json import encoded, speaker_object
    from search.renderers.text import safe
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        rows = store.speaker_table()
    if as_json:
        click.echo(encoded([speaker_object(row) for row in rows]), nl=False)
        return
    for row in rows:
        also = f"  (also {', '.join(row.other_names)})" if row.other_names else ""
        click.echo(safe(f"{row.quotes:6,}  {row.name}{f'  {row.id}' if row.id else ''}{also}"))


@speakers.command("show")
@click.argument("name")
@click.option("--explain", is_flag=True, help="Say for each name why it is the speaker's, and what was left apart.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@instance_option
def show_speaker(name: str, explain: bool, as_json: bool, instance: str | None) -> None:
    """Show whom a name means: the speaker's names, roles and outlets, with the number of quotes of each.

    \b
    quotes speakers show "Zarif" --explain
    """
    from search.renderers.json import encoded
    from search.renderers.text import safe
    from search.storage.store import Store

    with Store(settings_for(instance)) as store:
        profile = store.speaker_profile(name)
    if profile is None:
        raise QueryError(f"Nobody called {name!r} is quoted in this archive.")
    if as_json:
        click.echo(encoded(profile_object(profile)), nl=False)
        return
    for line in profile_lines(profile, explain=explain):
        click.echo(safe(line))


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
                click.echo(f"{entry.path}: {entry.reason}", err=True)
        else:
            entries.append(entry)
    with Store(settings_for(instance)) as store:
        store.import_authority(entries)
    click.echo(f"imported {counted(len(entries), 'person', 'people')}; {skipped} skipped")


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
        names = next((row.names for row in store.speaker_table() if row.name == old), ())
    correct_from_command(instance, CorrectionKind.SAME_PERSON, person, reason, names=(new, old, *names))


def profile_object(profile: SpeakerProfile) -> dict[str, Any]:
    """Return all that is known of a speaker as JSON has it."""
    return {
        "speaker": profile.name,
        "speaker_id": profile.id,
        "names": [
            {
                "name": one.count.name,
                "quotes": one.count.quotes,
                "documents": one.count.documents,
                "why": one.reason.why,
                "chance": round(one.reason.chance, 3),
            }
            for one in profile.names
        ],
        "meant": [
            {
                "printed": one.count.name,
                "quotes": one.count.quotes,
                "documents": one.count.documents,
                "why": one.reason.why,
                "chance": round(one.reason.chance, 3),
            }
            for one in profile.meant
        ],
        "left_apart": [{"name": name, "why": why} for name, why in profile.left_apart],
        "roles": [
            {"role": one.value, "quotes": one.quotes, "from": one.first, "to": one.last} for one in profile.roles
        ],
        "outlets": [{"outlet": one.value, "quotes": one.quotes} for one in profile.outlets],
    }


def profile_lines(profile: SpeakerProfile, *, explain: bool) -> Iterator[str]:
    """Yield the lines that say who a speaker is."""
    yield profile.name + (f"  {profile.id}" if profile.id else "")
    yield "names"
    for one in profile.names:
        yield _explained_line(one) if explain else _name_line(one)
    if explain and profile.meant:
        yield "meant by others, and counted above"
        yield from map(_explained_line, profile.meant)
    if explain and profile.left_apart:
        yield "left apart"
        yield from (f"        {name}: {why}" for name, why in profile.left_apart)
    for title, values in (("roles", profile.roles), ("outlets", profile.outlets)):
        if values:
            yield title
            for value in values:
                days = f", {value.first} to {value.last}" if value.first and title == "roles" else ""
                yield f"{value.quotes:6,}  {value.value}{days}"


def _name_line(one: ExplainedName) -> str:
    return f"{one.count.quotes:6,}  {one.count.name}, in {counted(one.count.documents, 'document')}"


def _explained_line(one: ExplainedName) -> str:
    chance = f", chance {one.reason.chance:.2f}" if one.reason.chance < 1 else ""
    return f"{_name_line(one)}  {one.reason.why}{chance}"
