"""Writes the vectors in lib/contracts/vectors: bodies, signatures and JSON as Python makes them.

    python3 tests/support/python-vectors/generate.py

Nothing here comes from lib/: each expected body is spelled out by hand as its guide shows it,
printed by `json`, signed by `hmac`, and each signature is checked against OpenSSL's.
The tests read the files; they need no Python.
"""

import base64
import hashlib
import hmac
import json
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

from cases import CASES
from python_json import TABLE

OUTPUT = pathlib.Path(__file__).parents[3] / "lib" / "contracts" / "vectors"

PRINTERS = {
    "compact": lambda body: json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    "sorted": lambda body: json.dumps(body, sort_keys=True),
    "sorted compact": lambda body: json.dumps(body, sort_keys=True, separators=(",", ":")),
}

OWN_SIGNATURES = {
    "bpoc": ("compact", "X-Webhook-Signature", "sha256="),
    "smart-hiring": ("sorted", "X-Webhook-Signature", "sha256="),
    "roleready": ("compact", "X-Webhook-Signature", ""),
    "skillora": ("compact", "X-Webhook-Signature-256", "sha256="),
    "hr-intelligence": ("sorted compact", "X-Webhook-Signature", ""),
    "standard": ("compact", None, ""),
}


def digest(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256, twice: by Python and by OpenSSL."""
    mine = hmac.new(key, message, hashlib.sha256).digest()
    command = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{key.hex()}", "-binary"]
    theirs = subprocess.run(command, input=message, capture_output=True, check=True).stdout
    assert mine == theirs, "Python and OpenSSL disagree"
    return mine


def standard_key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        return base64.b64decode(secret[len("whsec_") :], validate=True)
    return secret.encode()


def standard_entry(secret: str, signed: bytes) -> str:
    return "v1," + base64.b64encode(digest(standard_key(secret), signed)).decode()


def vector(case: dict) -> dict:
    style, header, prefix = OWN_SIGNATURES[case["contract"]]
    body = PRINTERS[style](case["body"])
    raw = body.encode()
    if style != "compact":
        assert PRINTERS[style](json.loads(body)) == body, "the guide's Python receiver would refuse it"
    seconds = case["attemptedAtSeconds"]
    signed = f"{case['deliveryId']}.{seconds}.".encode() + raw
    headers = dict(case["headers"])
    if header:
        headers[header] = prefix + digest(case["secrets"][0].encode(), raw).hex()
    headers["webhook-id"] = case["deliveryId"]
    headers["webhook-timestamp"] = str(seconds)
    headers["webhook-signature"] = " ".join(standard_entry(secret, signed) for secret in case["secrets"])
    return {
        **case,
        "headers": headers,
        "body": body,
        "bytes": len(raw),
        "sha256": hashlib.sha256(raw).hexdigest(),
    }


def table_row(value: object) -> dict:
    return {"value": value, **{style.replace(" ", "_"): PRINTERS[style](value) for style in ("sorted", "sorted compact")}}


def write(name: str, content: list) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=True)
    (OUTPUT / name).write_text(text + "\n", encoding="ascii")
    print(f"{name}: {len(content)} vectors")


if __name__ == "__main__":
    OUTPUT.mkdir(parents=True, exist_ok=True)
    write("deliveries.json", [vector(case) for case in CASES])
    write("python-json.json", [table_row(value) for value in TABLE])
