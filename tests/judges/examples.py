#!/usr/bin/env python3
"""Calls every operation of real documents against a server that answers from the document's examples.

In: a folder of documents and names in it. Out: a table, and the causes of all that fails. Not here: CI; this needs the Python
packages `jsonschema` and `pyyaml`.

The server checks each request by its own reading of the document, and answers with the example of the first success: that of the
response, or one that is put together from those of its schemas. An example that contradicts its schema says nothing of the client.

    python3 tests/judges/examples.py DIR openai github
"""

import collections
import http.server
import json
import re
import threading
import urllib.parse

import calls
import yaml
from schemas import Schemas, deref

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")

# Headers that parameters do not set.
RESERVED = ("accept", "authorization", "connection", "content-length", "content-type", "host", "transfer-encoding")


def load(path):
    text = path.read_text()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = json.loads(text) if path.suffix == ".json" else yaml.load(text, loader)
    # Dates of YAML are texts in JSON, and so are keys.
    return json.loads(json.dumps(document, default=str))


class Operation:
    def __init__(self, document, template, method, item, declared):
        self.document, self.template, self.method, self.item = document, template, method, item
        self.declared = declared
        path, _, self.query = template.partition("#")[0].partition("?")
        parts = re.split(r"(\{[^}]*\})", path)
        self.pattern = re.compile("".join("([^/]*)" if part.startswith("{") else re.escape(part) for part in parts))
        self.variables = [part[1:-1] for part in parts if part.startswith("{")]
        shared = [deref(document, it) for it in item.get("parameters", [])]
        own = [deref(document, it) for it in declared.get("parameters", [])]
        keys = {(it["in"], it["name"]) for it in own}
        self.params = own + [it for it in shared if (it["in"], it["name"]) not in keys]
        key = template.replace("~", "~0").replace("/", "~1")
        self.at = f"/paths/{key}/{method}"

    @property
    def rank(self):
        """Literal segments win over those with variables."""
        return (len(self.variables), -len(self.template), self.query == "")


def operations(document):
    for template, item in document.get("paths", {}).items():
        item = deref(document, item)
        for method in METHODS:
            if isinstance(item, dict) and isinstance(item.get(method), dict):
                yield Operation(document, template, method, item, item[method])


class Service:
    """The document as a server."""

    def __init__(self, document):
        self.document = document
        self.schemas = Schemas(document)
        self.operations = sorted(operations(document), key=lambda it: it.rank)

    def find(self, method, target):
        path, _, query = target.partition("?")
        for operation in self.operations:
            has_query = not operation.query or operation.query in query
            if operation.method == method.lower() and has_query:
                match = operation.pattern.fullmatch(path)
                if match and all(match.groups()):
                    return operation, dict(zip(operation.variables, map(urllib.parse.unquote, match.groups())))
        return None, {}

    def problem(self, operation, variables, query, headers, body):
        """What is wrong with a request; `None` if it is as the document says."""
        return (
            self.of_params(operation, variables, query, headers)
            or self.of_security(operation, query, headers)
            or self.of_body(operation, headers, body)
        )

    def of_params(self, operation, variables, query, headers):
        names = urllib.parse.parse_qs(query, keep_blank_values=True)
        for param in operation.params:
            name, place = param["name"], param["in"]
            plain = param.get("style", "form") == "form" and "content" not in param
            schema = deref(self.document, param.get("schema", {}))
            value = None
            if place == "path":
                value = variables.get(name)
            elif place == "query":
                # The properties of an object have names of their own.
                is_there = is_object(schema) and plain or any(key.split("[")[0] == name for key in names)
                value = names.get(name, [""])[0] if is_there else None
            elif place == "header" and name.lower() not in RESERVED:
                value = headers.get(name)
            else:
                continue
            if value is None and param.get("required"):
                return f"the {place} parameter {name} is missing"
            if value and plain and (text := wrong_scalar(schema, value)):
                return f"the {place} parameter {name} {text}"
        return None

    def of_security(self, operation, query, headers):
        required = operation.declared.get("security", self.document.get("security", []))
        schemes = self.document.get("components", {}).get("securitySchemes", {})
        if not required:
            return None
        for alternative in required:
            if all(has_credential(deref(self.document, schemes.get(name, {})), query, headers) for name in alternative):
                return None
        return f"no credential for any of {json.dumps(required)}"

    def of_body(self, operation, headers, body):
        declared = deref(self.document, operation.declared.get("requestBody"))
        if not declared or not declared.get("content"):
            return None
        if not body:
            return "the body is missing" if declared.get("required") else None
        media = essence(headers.get("Content-Type", ""))
        names = {essence(name): name for name in declared["content"]}
        name = names.get(media) or names.get(media.split("/")[0] + "/*") or names.get("*/*")
        if name is None:
            return f"the document has no body of {media}"
        content = deref(self.document, declared["content"][name])
        if "schema" not in content:
            return None
        if media.endswith(("/json", "+json")):
            at = f"{pointer_of(operation, self.document)}/content/{name.replace('~', '~0').replace('/', '~1')}/schema"
            return self.schemas.violation(at, json.loads(body), "readOnly")
        return self.of_fields(content["schema"], media, body)

    def of_fields(self, schema, media, body):
        """The required fields of a form or a multipart body are there."""
        required = deref(self.document, schema).get("required", [])
        if media == "application/x-www-form-urlencoded":
            keys = {key.split("[")[0] for key in urllib.parse.parse_qs(body.decode(), keep_blank_values=True)}
        elif media == "multipart/form-data":
            keys = {key.split("[")[0] for key in re.findall(r'name="([^"]*)"', body.decode(errors="replace"))}
        else:
            return None
        missing = [name for name in required if name not in keys]
        return f"the field {missing[0]} is missing" if missing else None

    def answer(self, operation):
        """Status, media type, bytes, and whether the value follows its schema."""
        responses = operation.declared.get("responses", {})
        successes = sorted(status for status in responses if str(status).upper().startswith("2"))
        others = (it for it in ("default", *filter(is_redirect, responses)) if it in responses)
        status = successes[0] if successes else next(others, "204")
        response = deref(self.document, responses.get(status, {}))
        code = int(status) if str(status).isdigit() else 200
        content = response.get("content") or {}
        if not content or operation.method == "head":
            return code, None, b"", "none"
        name = next((it for it in content if essence(it).endswith(("/json", "+json"))), next(iter(content)))
        media = deref(self.document, content[name])
        value, is_shown = self.value(media)
        kind = essence(name) if "*" not in name else "application/json"
        if kind.endswith(("/json", "+json")):
            at = f"{operation.at}/responses/{status}"
            violation = self.violation_of(operation, status, name, media, value)
            label = "valid" if violation is None else "contradictory example" if is_shown else "invalid sample"
            return code, kind, json.dumps(value).encode(), f"{label} {violation or ''} {at if violation else ''}".strip()
        if kind == "text/event-stream":
            return code, kind, f"data: {json.dumps(value)}\n\n".encode(), "valid"
        return code, kind, str(value).encode(), "valid"

    def value(self, media):
        if "example" in media:
            return media["example"], True
        for example in (media.get("examples") or {}).values():
            example = deref(self.document, example)
            if isinstance(example, dict) and "value" in example:
                return example["value"], True
        schema = media.get("schema", media.get("itemSchema", {}))
        target = deref(self.document, schema)
        return self.schemas.sample(schema), isinstance(target, dict) and "example" in target

    def violation_of(self, operation, status, name, media, value):
        if "schema" not in media:
            return None
        key = name.replace("~", "~0").replace("/", "~1")
        response = operation.declared["responses"][status]
        base = f"{operation.at}/responses/{status}"
        while isinstance(response, dict) and "$ref" in response:
            base = response["$ref"][1:]
            response = deref(self.document, response)
        return self.schemas.violation(f"{base}/content/{key}/schema", value, "writeOnly")


def pointer_of(operation, document):
    """The pointer of a request body, behind a reference."""
    body = operation.declared["requestBody"]
    return body["$ref"][1:] if "$ref" in body else f"{operation.at}/requestBody"


def is_redirect(status):
    return str(status).startswith("3")


def is_object(schema):
    return isinstance(schema, dict) and (schema.get("type") == "object" or "properties" in schema)


def wrong_scalar(schema, value):
    kind = schema.get("type") if isinstance(schema, dict) else None
    patterns = {"integer": r"-?\d+", "number": r"-?\d+(\.\d+)?([eE][-+]?\d+)?", "boolean": "true|false"}
    if kind in patterns and not re.fullmatch(patterns[kind], value):
        return f"is no {kind}: {value}"
    if kind == "string" and schema.get("enum") and value not in map(str, schema["enum"]):
        return f"is none of its values: {value}"
    return None


def has_credential(scheme, query, headers):
    if scheme.get("type") == "apiKey":
        place, name = scheme["in"], scheme["name"]
        if place == "header":
            return name in headers
        if place == "query":
            return name in urllib.parse.parse_qs(query)
        return f"{name}=" in headers.get("Cookie", "")
    if scheme.get("type") == "mutualTLS":
        return True
    prefix = "Basic " if scheme.get("scheme", "").lower() == "basic" else "Bearer "
    return headers.get("Authorization", "").startswith(prefix)


def essence(media_type):
    return media_type.split(";")[0].strip().lower()


def handler(service):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            body = self.read_body()
            operation, variables = service.find(self.command, self.path)
            if operation is None:
                return self.reply(404, "application/json", b'{"problem": "no such operation"}', "refused")
            query = self.path.partition("?")[2]
            problem = service.problem(operation, variables, query, self.headers, body)
            if problem:
                text = json.dumps({"problem": problem}).encode()
                return self.reply(400, "application/json", text, "refused")
            return self.reply(*service.answer(operation))

        def read_body(self):
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def reply(self, status, media, body, label):
            self.send_response(status)
            if media:
                self.send_header("Content-Type", media)
            self.send_header("Judge-Answer", label.encode("ascii", "replace").decode().replace("\n", " ")[:400])
            if 300 <= status < 400:
                self.send_header("Location", "https://example.com/elsewhere")
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD" and status != 204:
                self.wfile.write(body)

        def log_message(self, *_):
            pass

        def __getattr__(self, name):
            if name.startswith("do_"):
                return self.handle_any
            raise AttributeError(name)

    return Handler


def judge(path, folder):
    service = Service(load(path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(service))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    crate = folder / "crate"
    calls.emit(path, crate)
    entries = calls.call(crate, folder / "log", server.server_address[1])
    server.shutdown()
    report(path, service, entries)


def report(path, service, entries):
    causes, names = collections.Counter(), {}
    decoded = refused = contradictory = 0
    for entry in entries:
        if entry.get("ok"):
            decoded += 1
            continue
        answer = entry.get("answer") or "no reply"
        refused += answer == "refused"
        contradictory += answer.startswith(("contradictory", "invalid sample"))
        text = entry.get("body") if answer == "refused" else f"{answer}: {entry['error']}"
        key = re.sub(r"\d+", "0", text)[:220]
        causes[key] += 1
        names.setdefault(key, entry["name"])
    total = len(service.operations)
    print(
        f"{path.name:<24} {total:>5} operations {len(entries):>5} called {len(entries) - refused:>5} accepted {decoded:>5} decoded"
        f" {contradictory:>4} answers contradict their schema",
        flush=True,
    )
    for text, count in causes.most_common(60):
        print(f"    {count:>5}  {text}  ({names[text]})")


if __name__ == "__main__":
    calls.each(judge)
