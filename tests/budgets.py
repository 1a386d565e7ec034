#!/usr/bin/env python3
"""Compares what the generator and its crates cost with another commit: time to generate, time and memory to check.

In: a commit, a folder of documents and names in it. Out: a table of both, and ratios per emitted operation. Not here: limits; CI.

User CPU time, in seconds, is the median of several runs, which alternate between the commits. Memory is that of the largest
process, in MiB.

    python3 tests/budgets.py COMMIT DIR openai github
"""

import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from judges import calls

RUNS = {"generate": 15, "touch": 7, "nothing": 3}


def run(command, **options):
    """Runs a command; its user time, and the memory of its largest process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(errors.decode())
    return usage.ru_utime, usage.ru_maxrss / 1024


def cargo(folder, target, *arguments):
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
    return run(["cargo", *arguments, "-q"], cwd=folder, env=environment)


def build(source, target):
    cargo(source, target, "build", "--release", "-p", "generator")
    return target / "release/generator"


def operations(crate):
    """The emitted operations, counted in the reference."""
    index = (crate / "docs/index.md").read_text()
    return len(set(re.findall(r"#/paths/[^`]*", index)))


def generate(generator, path, crate):
    shutil.rmtree(crate, ignore_errors=True)
    return run([generator, path, "--out", crate, "--name", "measured"])


def check(crate, target):
    return cargo(crate, target, "check")


def touch(crate, target):
    (crate / "src/lib.rs").touch()
    return check(crate, target)


def nothing(crate, target):
    """Only the crate itself is checked anew: its dependencies are those of the other commit, too."""
    cargo(crate, target, "clean", "-p", "measured")
    return check(crate, target)


def medians(steps, runs):
    """The medians of user time and memory of each side, whose runs alternate."""
    found = [[step() for step in steps] for _ in range(runs)]
    return [tuple(map(statistics.median, zip(*side))) for side in zip(*found)]


def compare(path, generators, folder):
    crates = [folder / side for side in ("base", "head")]
    targets = [folder / f"target-{side}" for side in ("base", "head")]
    pairs = list(zip(generators, crates))
    rows = {"generate": medians([lambda g=g, c=c: generate(g, path, c) for g, c in pairs], RUNS["generate"])}
    both = list(zip(crates, targets))
    for crate, target in both:
        check(crate, target)
    rows["check after touch"] = medians([lambda c=c, t=t: touch(c, t) for c, t in both], RUNS["touch"])
    rows["check from nothing"] = medians([lambda c=c, t=t: nothing(c, t) for c, t in both], RUNS["nothing"])
    counts = [operations(crate) for crate in crates]
    print(f"{path.name}: {counts[0]} operations at the base, {counts[1]} here")
    for name, ((before, _), (after, memory)) in rows.items():
        ratio = (after / counts[1]) / (before / counts[0])
        print(f"    {name:<20} {before:>8.3f} s {after:>8.3f} s   {ratio:.3f} per operation   {memory:>6.0f} MiB here", flush=True)


def main():
    commit, folder, names = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    with tempfile.TemporaryDirectory() as temporary:
        temporary = pathlib.Path(temporary)
        base = temporary / "source"
        run(["git", "worktree", "add", "-q", "--detach", base, commit], cwd=calls.ROOT)
        try:
            generators = [build(base, temporary / "built-base"), build(calls.ROOT, temporary / "built-head")]
            for name in names:
                compare(calls.document(folder, name), generators, temporary)
                for side in ("base", "head"):
                    shutil.rmtree(temporary / f"target-{side}", ignore_errors=True)
        finally:
            run(["git", "worktree", "remove", "--force", base], cwd=calls.ROOT)


if __name__ == "__main__":
    main()
