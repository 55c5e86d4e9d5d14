#!/bin/sh
# Extract quotes with GNU parallel, or xargs where that is not installed: with_parallel.sh FOLDER OUT [JOBS [HOSTS]]
#
# Each job reads 100 files (FILES_PER_JOB) and writes one file of OUT, named by the digest of their names and moved there when it is whole:
# run again, only what is missing is done. HOSTS (parallel's --sshlogin, "reader-1,reader-2") have this program and see
# FOLDER and OUT under the same names. Then, on the host of the archive:
#
#     quotes import --extracted OUT/*.jsonl
set -eu
files_per_job=${FILES_PER_JOB:-100}

if [ "$1" = --job ]; then
    out=$2
    shift 2
    name=$out/$(printf '%s\n' "$@" | sha256sum | cut -c -16)
    [ ! -e "$name.jsonl" ] || exit 0
    code=0
    quotes extract "$@" > "$name.part" || code=$?
    # 1: something was skipped, and said on standard error. The rest is as it should be.
    [ "$code" -le 1 ] || exit "$code"
    mv "$name.part" "$name.jsonl"
    exit 0
fi

if [ $# -lt 2 ]; then
    echo "usage: $0 FOLDER OUT [JOBS [HOSTS]]" >&2
    exit 2
fi
folder=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
jobs=${3:-$(nproc)}
me=$(realpath "$0")
export LC_ALL=C.UTF-8
list() { find "$folder" -type f ! -name '.*' -print0 | sort -z; }
if command -v parallel > /dev/null; then
    list | parallel -0 -j "$jobs" ${4:+--sshlogin "$4"} -N "$files_per_job" "$me" --job "$out"
else
    list | xargs -0 -P "$jobs" -n "$files_per_job" "$me" --job "$out"
fi
