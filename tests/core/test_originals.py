"""What somebody gave leaves as a file to keep, whichever way it is held."""

from io import BytesIO

import pytest

from caseapp.core.originals import as_given


@pytest.mark.parametrize("content", [b"<script>", BytesIO(b"<script>")], ids=["bytes", "file"])
def test_the_browser_is_told_to_keep_it_and_never_to_show_it(content):
    answer = as_given(content, "año.html")
    assert answer.getvalue() == b"<script>"
    told = ("Content-Disposition", "Content-Type", "X-Content-Type-Options", "Content-Security-Policy")
    assert [answer[name] for name in told] == [
        "attachment; filename*=utf-8''a%C3%B1o.html",
        "application/octet-stream",
        "nosniff",
        "sandbox",
    ]
