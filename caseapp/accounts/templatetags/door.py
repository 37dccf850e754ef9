"""What pages of the door need to know: {% load door %}"""

import ipaddress
from typing import Any

from django import template
from django.http import HttpRequest

register = template.Library()


@register.filter
def allows_passkeys(request: HttpRequest) -> bool:
    """Browsers give passkeys to names, never to numbers, and only over TLS or on this machine."""
    host = request.get_host().partition(":")[0]
    return not _is_number(request.get_host()) and (request.is_secure() or host == "localhost")


@register.filter
def on_localhost(request: HttpRequest) -> str:
    """The same page under the name of this machine; empty where the program is reached over a network."""
    host = request.get_host()
    if not host.startswith(("127.", "[::1]")):
        return ""
    port = host.rpartition(":")[2] if not host.endswith("]") and ":" in host else ""
    return f"http://localhost{':' + port if port else ''}{request.get_full_path()}"


@register.simple_tag(takes_context=True)
def signed_out_because(context: dict[str, Any]) -> str:
    """Why the session before this one ended, once."""
    why: str = context["request"].session.pop("signed_out_because", "")
    return why


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("]")[0].strip("[") if host.startswith("[") else host.partition(":")[0])
    except ValueError:
        return False
    return True
