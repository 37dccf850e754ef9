"""A passkey without a browser: it answers as a device does."""

import hashlib
import secrets
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from caseapp.accounts.models import User

ORIGIN = "http://localhost"
FLAG = AuthenticatorData.FLAG


class Passkey:
    """`verifies`: whether the device asked for finger, face or PIN."""

    def __init__(self, *, verifies: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.flags = FLAG.UP | FLAG.UV if verifies else FLAG.UP

    def of(self, person: User) -> Authenticator:
        """Registered for the person, without the pages."""
        made = self.create({"publicKey": {"challenge": websafe_encode(b"any"), "rp": {"id": "localhost"}}})
        return Authenticator.objects.create(user=person, type="webauthn", data={"name": "Laptop", "credential": made})

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        wanted = options["publicKey"]
        public = AttestedCredentialData.create(Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key()))
        about = AuthenticatorData.create(_hash(wanted["rp"]["id"]), self.flags | FLAG.AT, 0, public)
        said = CollectedClientData.create("webauthn.create", wanted["challenge"], ORIGIN)
        made = AttestationObject.create("none", about, {})
        return self._answer(said, attestationObject=websafe_encode(made))

    def get(self, options: dict[str, Any], *, person: User) -> dict[str, Any]:
        wanted = options["publicKey"]
        about = AuthenticatorData.create(_hash(wanted["rpId"]), self.flags, 1)
        said = CollectedClientData.create("webauthn.get", wanted["challenge"], ORIGIN)
        signature = self.key.sign(about + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            said,
            authenticatorData=websafe_encode(about),
            signature=websafe_encode(signature),
            userHandle=websafe_encode(user_pk_to_url_str(person).encode()),
        )

    def _answer(self, said: CollectedClientData, **response: str) -> dict[str, Any]:
        own = websafe_encode(self.id)
        return {
            "id": own,
            "rawId": own,
            "type": "public-key",
            "response": {"clientDataJSON": websafe_encode(said), **response},
            "clientExtensionResults": {"credProps": {"rk": True}},
        }


def _hash(host: str) -> bytes:
    return hashlib.sha256(host.encode()).digest()
