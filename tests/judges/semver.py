#!/usr/bin/env python3
"""Compares what `generator diff` calls breaking with what `cargo semver-checks` does.

In: the fixtures of changes, or a folder with a folder for each API, with its documents in the order of their names. Out: a line for
each pair that both see differently, and counts. Not here: CI; this needs `cargo install cargo-semver-checks`.

It fails if a change that breaks the emitted crates is called additive. Not the other way round: `cargo semver-checks` sees no types
of arguments and fields, and no names of arguments, whose order may change.

    python3 tests/judges/semver.py
    python3 tests/judges/semver.py DIR
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import calls

FIXTURES = calls.ROOT / "tests/fixtures/changes"
# All other features only add items of the runtime.
FEATURES = "all"


def pairs_of_fixtures(folder):
    for path in sorted(FIXTURES.glob("*.yaml")):
        texts = path.read_text().split("\n---\n")
        documents = [folder / path.stem / name for name in ("old.yaml", "new.yaml")]
        documents[0].parent.mkdir()
        for document, text in zip(documents, texts, strict=True):
            document.write_text(text)
        yield path.stem, *documents


def pairs_of_versions(folder):
    for api in sorted(folder.iterdir()):
        documents = sorted(api.iterdir())
        for old, new in zip(documents, documents[1:]):
            yield f"{api.name} {old.name} {new.name}", old, new


def run(command, folder, **environment):
    return subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True)


def must(command, folder, **environment):
    result = run(command, folder, **environment)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, command))}:\n{result.stderr}")
    return result.stdout


def rustdoc(document, folder, target):
    """The public items of the emitted crate, as rustdoc's JSON."""
    crate = folder / "crate"
    options = ["--name", "judged", "--no-tests", "--no-docs", "--no-cli"]
    must(["cargo", "run", "-q", "-p", "generator", "--", document, "--out", crate, *options], calls.ROOT)
    command = ["cargo", "rustdoc", "-q", "--lib", "--no-default-features"]
    manifest = (crate / "Cargo.toml").read_text()
    if re.search(rf"^{FEATURES} = ", manifest, re.MULTILINE):
        command += ["--features", FEATURES]
    json_format = ["--", "-Zunstable-options", "--output-format", "json"]
    must([*command, *json_format], crate, RUSTC_BOOTSTRAP="1", CARGO_TARGET_DIR=str(target))
    found = folder / f"{document.stem}.json"
    (target / "doc/judged.json").rename(found)
    return found


def lints(old, new, folder):
    """The lints of changes that ask for a major version."""
    command = ["cargo", "semver-checks", "check-release", "--release-type", "minor"]
    files = ["--baseline-rustdoc", old, "--current-rustdoc", new]
    result = run([*command, *files], folder)
    found = sorted(set(re.findall(r"^--- failure (\w+):", result.stdout + result.stderr, re.MULTILINE)))
    if result.returncode and not found:
        sys.exit(result.stderr)
    return found


def main():
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        pairs = pairs_of_versions(pathlib.Path(sys.argv[1])) if len(sys.argv) > 1 else pairs_of_fixtures(folder)
        for name, old, new in pairs:
            diff = run(["cargo", "run", "-q", "-p", "generator", "--", "diff", old, new, "--format", "json"], calls.ROOT)
            is_breaking = json.loads(diff.stdout)["step"] == "major"
            documents = [rustdoc(document, folder, folder / "target") for document in (old, new)]
            found = lints(*documents, folder)
            counts[is_breaking, bool(found)] += 1
            if is_breaking != bool(found):
                print(f"{name}: {'only here' if is_breaking else 'MISSED: ' + ', '.join(found)}", flush=True)
    print(f"breaking for both: {counts[True, True]}, for neither: {counts[False, False]}")
    print(f"only for `generator diff`: {counts[True, False]}, only for `cargo semver-checks`: {counts[False, True]}")
    sys.exit(counts[False, True] > 0)


main()
