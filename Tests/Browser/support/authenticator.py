"""An authenticator app and a device with a passkey, for visitors without a browser."""

import base64
import hashlib
import hmac
import json
import os
import struct
import time
import urllib.parse


def totp(secret, at=None):
    """Six digits for the base 32 secret (RFC 6238)."""
    step = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    code = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    offset = code[19] & 15
    return f"{(struct.unpack('>I', code[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


# A point of the curve P-256 whose private key nobody knows: its generator.
X = bytes.fromhex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")
Y = bytes.fromhex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")


def new_passkey(challenge, origin):
    """What a browser sends for a new passkey; it can never sign in."""
    site = urllib.parse.urlsplit(origin).hostname
    key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + X + b"\x22\x58\x20" + Y
    credential = os.urandom(20)
    data = hashlib.sha256(site.encode()).digest() + b"\x45" + bytes(4) + bytes(16) + struct.pack(">H", 20) + credential + key
    attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58" + bytes([len(data)]) + data
    client = json.dumps({"type": "webauthn.create", "challenge": text(challenge.encode()), "origin": origin, "crossOrigin": False})
    return {"client_data": text(client.encode()), "attestation": text(attestation)}


def text(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
