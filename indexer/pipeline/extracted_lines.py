"""What `quotes extract` prints of one file, for whoever spreads the reading over hosts of their own (deploy/recipes/).

Bytes in, JSON Lines out: nothing else is read, written or remembered, so that it may be done anywhere, in any order and twice.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO

from indexer.input.input_file import ReadOptions
from indexer.pipeline.extract import with_attributions
from indexer.pipeline.extraction_json import extraction_object
from indexer.pipeline.read import DEFAULT_READ_OPTIONS, read_stream
from search.model import Skip
from search.plain_line import plain_line
from search.renderers.json import encoded


def say_skipped(skip: Skip) -> None:
    """Write what could not be read, and why, on standard error: one line."""
    print(plain_line(f"{skip.path}: {skip.reason}"), file=sys.stderr, flush=True)


def extracted_lines(
    content: IO[bytes],
    path: str,
    options: ReadOptions = DEFAULT_READ_OPTIONS,
    skipped: Callable[[Skip], None] = say_skipped,
) -> Iterator[str]:
    """Yield a line for each document of a file, as `quotes extract PATH` prints it; `skipped` is told of what has none.

    `path` names the file in what is stored; its ending says of which format the content is, where that does not show.
    """
    for place, item in enumerate(read_stream(content, path, PurePath(path).name, options)):
        extracted = with_attributions(item, place)
        if isinstance(extracted, Skip):
            skipped(extracted)
        else:
            yield encoded(extraction_object(extracted))
