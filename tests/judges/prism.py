#!/usr/bin/env python3
"""Calls every operation of real documents against an independent server, and prints what it accepts.

In: a folder of documents and names in it. Out: a table, and the causes of all that fails. Not here: CI; this needs Node.js.

The server is the mock of `@stoplight/prism-cli`, which validates each request against the document and answers with the document's
example, or with a value that it makes from the schema. An example that contradicts its schema is refused by prism itself, and says
nothing of how the client decodes.

    python3 tests/judges/prism.py DIR openai github
"""

import collections
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import calls

PORT = 4010
# What prism says of a request.
REFUSALS = {
    "UNPROCESSABLE_ENTITY",
    "INVALID_CONTENT_TYPE",
    "UNAUTHORIZED",
    "NOT_ACCEPTABLE",
    "NO_PATH_MATCHED_ERROR",
    "NO_METHOD_MATCHED_ERROR",
}


def serve(path):
    command = ["npx", "-y", "@stoplight/prism-cli", "mock", str(path), "-p", str(PORT), "--errors"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5)
            return server
        except urllib.error.HTTPError:
            return server
        except OSError:
            time.sleep(0.5)
    sys.exit("the mock does not start")


def cause(entry):
    """Why a call failed: the words without values, so that equal causes are counted together."""
    try:
        problem = json.loads(entry["body"] or "")
        if not problem["type"].startswith("https://stoplight.io/"):
            raise ValueError("an error of the document")
        kind = problem["type"].rsplit("#", 1)[-1]
        first = (problem.get("validation") or [{}])[0]
        where = ".".join(str(it) for it in first.get("location", [])[:2])
        return kind, f"{where}: {first.get('message', problem.get('detail', ''))}"
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    try:
        # Where the document describes an error for it, prism answers with that.
        first = json.loads(entry["violations"] or "")[0]
        where = ".".join(str(it) for it in first.get("location", [])[:2])
        return "UNPROCESSABLE_ENTITY", f"{where}: {first.get('message', '')}"
    except (KeyError, TypeError, ValueError, IndexError):
        return ("DECODE" if entry.get("status") and entry["status"] < 300 else "OTHER"), entry["error"]


def judge(path, folder):
    crate, log = folder / "crate", folder / "log"
    calls.emit(path, crate)
    server = serve(path)
    try:
        entries = calls.call(crate, log, PORT)
    finally:
        os.killpg(server.pid, 15)
    causes = collections.Counter()
    refused = decoded = unreached = 0
    examples = {}
    for entry in entries:
        if entry.get("ok"):
            decoded += 1
            continue
        kind, text = cause(entry)
        unreached += entry.get("status") is None
        refused += kind in REFUSALS or entry.get("status") in (400, 401, 415, 422)
        key = f"{kind} {re.sub(r'[0-9]+', '0', text)[:110]}"
        causes[key] += 1
        examples.setdefault(key, entry["name"])
    total = len(entries)
    contradictory = sum(count for text, count in causes.items() if text.startswith("VIOLATIONS"))
    sent = total - unreached
    print(
        f"{path.name:<28} {total:>6} called {sent:>6} sent {sent - refused:>6} accepted {decoded:>6} decoded"
        f" {contradictory:>6} answers that prism refuses itself",
        flush=True,
    )
    for text, count in causes.most_common():
        print(f"    {count:>5}  {text}  ({examples[text]})")


if __name__ == "__main__":
    calls.each(judge)
