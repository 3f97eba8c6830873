"""Whom a link trusts: this machine without TLS, any other only by the certificate of an authority."""

import ipaddress
import ssl


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def trusting(ca: str | None) -> ssl.SSLContext:
    """TLS that believes in the authority of a PEM file, or (None) in the system's. OSError names the file and what is wrong."""
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as error:  # an SSLError is one; none of them names the file
        raise OSError(f"{ca}: the certificate of the broker's authority cannot be used: {error.strerror}") from error
