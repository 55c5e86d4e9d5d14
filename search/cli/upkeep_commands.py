"""The commands that keep an archive safe: `doctor`, `backup`, `restore`, `copy`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from search.cli import instance_option, settings_for
from search.plural import counted
from search.progress import shown


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@instance_option
def doctor(as_json: bool, instance: str | None) -> None:
    """Check all of the archive, and say what is wrong with it and what to do. It takes about as long as a rebuild.

    The exit code is 0 where nothing is wrong, 1 where something is. Nothing is changed; others may read and write.

    \b
    quotes doctor
    quotes doctor --json
    """
    from search.renderers.json import encoded
    from search.renderers.text import safe
    from search.storage.upkeep.examination import examine

    faults = []
    with shown() as progress:
        for fault in examine(settings_for(instance), progress):
            faults.append(fault)
            if not as_json:
                click.echo(safe(f"{fault.part}: {fault.fault} {fault.remedy}"))
    if as_json:
        click.echo(encoded({"faults": [asdict(fault) for fault in faults]}), nl=False)
    elif not faults:
        click.echo("nothing is wrong")
    click.get_current_context().exit(1 if faults else 0)


@click.command(no_args_is_help=True)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@instance_option
def backup(file: Path, instance: str | None) -> None:
    """Write all that cannot be made anew into one new file, and check that it can be brought back from there.

    The archive, the names and settings that people wrote, and the pages as they were fetched. Others may read and write
    meanwhile. A file that is there is never written over.

    \b
    quotes backup /mnt/safe/quotes-monday.zip
    """
    from search.storage.upkeep.backup import back_up

    with shown() as progress:
        made = back_up(settings_for(instance), file, progress)
    click.echo(
        f"backed up {counted(made.documents, 'document')}, {counted(made.quotes, 'quote')} "
        f"and {counted(made.corrections, 'correction')} to {file} ({made.bytes:,} bytes), and read it again"
    )


@click.command(no_args_is_help=True)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@instance_option
def restore(file: Path, instance: str | None) -> None:
    """Bring back what a backup holds, into a folder that has no archive yet.

    The backup is checked from its first byte to its last before anything of it is put in place.

    \b
    quotes restore /mnt/safe/quotes-monday.zip
    quotes restore /mnt/safe/quotes-monday.zip --instance /srv/quotes
    """
    from search.storage.upkeep.backup import bring_back

    settings = settings_for(instance)
    with shown() as progress:
        made = bring_back(settings, file, progress)
    click.echo(
        f"brought back {counted(made.documents, 'document')}, {counted(made.quotes, 'quote')} "
        f"and {counted(made.corrections, 'correction')} to {settings.instance}"
    )


@click.command(no_args_is_help=True)
@click.option(
    "--to", "target", required=True, metavar="DIR|URL", help="An instance folder, or postgresql://USER@HOST/DATABASE."
)
@instance_option
def copy(target: str, instance: str | None) -> None:
    """Copy the archive to another folder or to PostgreSQL, all of it, and compare every row.

    Corrections, deletions, revisions and utterances come with it. Nobody else may write meanwhile. A run that was
    interrupted is taken up by the same command; until it is done nobody opens the copy. Files that people wrote and pages as
    they were fetched stay in the folder. A password belongs into PGPASSFILE, not into the address.

    \b
    quotes copy --to postgresql://quotes@archive.example/quotes
    QUOTES_ARCHIVE_URL=postgresql://quotes@archive.example/quotes quotes copy --to /srv/quotes
    """
    from search.storage.upkeep.archive_copy import copy_archive

    with shown() as progress:
        made = copy_archive(settings_for(instance), target, progress)
    click.echo(
        f"copied {counted(made.documents, 'document')}, {counted(made.quotes, 'quote')} and "
        f"{counted(made.corrections, 'correction')}, and compared {counted(made.rows, 'row')}"
    )
