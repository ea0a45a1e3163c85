#!/usr/bin/env bash
# schemathesis 4.32.5: a body of text/csv that the schema calls a string is "no string" by chance.
#
# One would expect: where the OpenAPI document says `text/csv: {type: string}`, no body breaks that
# type. Whatever is sent as text/csv is bytes, which are a text: a service can only take it.
# What happens: for its negative cases schemathesis makes an object or a list, writes it as JSON under
# the Content-Type text/csv, and reports "Schema-violating request accepted ... violates `type` (was
# string, became object)" when the service takes the text. A string that it makes is judged by no such
# rule, so whether a run fails depends on the seed and the number of cases.
# Why it matters here: tables of parts are posted as text/csv. A test that was green failed
# when an unrelated route moved the cases on, and nothing in the service was wrong. The run needs a
# `filter_case` hook that leaves out cases whose only fault is the type of a text body.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check schemathesis==4.32.5
cat > "$folder/service.py" <<'PY'
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DOCUMENT = {
    "openapi": "3.1.0", "info": {"title": "Tables", "version": "1"},
    "paths": {"/tables": {"post": {
        "requestBody": {"required": True,
                        "content": {"text/csv": {"schema": {"type": "string"}}}},
        "responses": {"200": {"description": "Taken.", "content": {
            "application/json": {"schema": {"type": "object"}}}}},
    }}},
}


class Handler(BaseHTTPRequestHandler):
    def answer(self, document):
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(DOCUMENT)

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode("utf-8", "replace")
        self.answer({"letters": len(text)})

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
PY
"$folder/venv/bin/python" "$folder/service.py" > "$folder/port" &
service=$!
trap 'kill "$service"; rm -rf "$folder"' EXIT
until [ -s "$folder/port" ]; do sleep 0.1; done
cd "$folder"
"$folder/venv/bin/st" --version
status=0
"$folder/venv/bin/st" run "http://127.0.0.1:$(cat port)/openapi.json" --seed 1 --no-color \
  --phases fuzzing --max-examples 30 --generation-database none \
  --checks negative_data_rejection > said 2>&1 || status=$?
grep -E "Schema-violating|Invalid component|Content-Type: text/csv" said | cut -c1-120
[ "$status" -eq 1 ]
grep -q "Schema-violating request accepted" said
grep -qE "violates .type. \(was string, became (object|array)\)" said
grep -q "Content-Type: text/csv" said
