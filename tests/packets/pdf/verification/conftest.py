import json
from hashlib import sha256

import pikepdf
import pytest

from caseapp.typesetting.join import saved
from tests.packets.pdf.verification.tampering import check


@pytest.fixture
def facts(finished):
    return json.loads(finished.published)


@pytest.fixture
def broken(finished, facts):
    """Change the file, make the manifest's hash true again, and give back what the verifier says."""

    def breaking(change):
        with pikepdf.open(finished.volumes[0].path) as pdf:
            change(pdf)
            data = saved(pdf)
        facts["volumes"][0] |= {"sha256": sha256(data).hexdigest(), "bytes": len(data)}
        return check(facts, data)

    return breaking


@pytest.fixture
def misdescribed(finished, facts):
    """Change the manifest, and give back what the verifier says of the true file."""

    def describing(change):
        change(facts)
        return check(facts, finished.volumes[0].path.read_bytes())

    return describing
