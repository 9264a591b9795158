"""A device that makes passkeys and shows them, as a browser would: keys of its own, signatures by WebAuthn's rules."""

import json
import os
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """Holds one key; `verifies` says whether it looks who presses, by a finger or a number."""

    def __init__(self, origin: str = "http://localhost:5000", verifies: bool = True) -> None:
        self.origin, self.verifies = origin, verifies
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.count, self.handle = os.urandom(32), 0, b""

    def said(self, type: str, challenge: str) -> bytes:
        return json.dumps({"type": type, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def facts(self, site: str, more: bytes = b"") -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | (ATTESTED if more else 0)
        self.count += 1
        return sha256(site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big") + more

    def make(self, options: dict) -> dict:
        """The answer to the options of a new passkey."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        facts = self.facts(options["rp"]["id"], attested)
        response = {
            "clientDataJSON": bytes_to_base64url(self.said("webauthn.create", options["challenge"])),
            "attestationObject": bytes_to_base64url(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": facts})),
        }
        return self.credential(response)

    def show(self, options: dict) -> dict:
        """The answer to the options of showing one."""
        said, facts = self.said("webauthn.get", options["challenge"]), self.facts(options["rpId"])
        signature = self.key.sign(facts + sha256(said).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": said, "authenticatorData": facts, "signature": signature}
        return self.credential({name: bytes_to_base64url(value) for name, value in response.items()})

    def credential(self, response: dict[str, str]) -> dict:
        id = bytes_to_base64url(self.id)
        return {"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}}
