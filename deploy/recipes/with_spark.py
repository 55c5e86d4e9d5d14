"""Extract quotes with Spark: `spark-submit deploy/recipes/with_spark.py FOLDER OUT`, or `python` for this machine alone.

FOLDER is whatever Spark reads: a folder, 'hdfs://...', 's3a://...'. OUT becomes a folder of JSON Lines, and must not be there
yet; what a task writes is moved there when it is whole, so that one that is done again changes nothing. Then:

    cat OUT/part-* | quotes import --extracted -

The workers' Python has to have this program: `spark.pyspark.python`, or an archive given with `--archives`.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Iterator

import pandas
from pyspark.sql import SparkSession

from indexer.pipeline.extracted_lines import extracted_lines


def lines_of(frames: Iterable[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
    """Yield the lines of some files, given with their paths and contents."""
    for frame in frames:
        for path, content in zip(frame["path"], frame["content"], strict=True):
            # Spark writes file:/articles/one.html where everybody else writes /articles/one.html.
            lines = extracted_lines(io.BytesIO(content), path.removeprefix("file:"))
            yield pandas.DataFrame({"value": [line.rstrip("\n") for line in lines]}, dtype="object")


def main() -> int:
    """Extract the files of a folder and of those in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("out")
    chosen = parser.parse_args()
    spark = SparkSession.builder.appName("quotes extract").getOrCreate()
    try:
        files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(chosen.folder)
        files.select("path", "content").mapInPandas(lines_of, "value string").write.text(chosen.out)
    finally:
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
