"""The hall's own certificate authority and the broker's certificate. Pure but for the keys it makes; touches no disk.

Halls are offline: no public authority can vouch for their broker, so each hall vouches for its own and its devices
carry `ca.pem`.
"""

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec import Struct

VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
"""Long before the hall was made: a device without a battery clock starts in the past and must still trust its broker."""

AUTHORITY_LASTS = timedelta(days=20 * 365)
SERVER_LASTS = timedelta(days=5 * 365)
RENEW_BEFORE = timedelta(days=365)
"""The broker's certificate is made anew at a start in its last year; brokers are started more often than once a year."""

UNUSABLE = (
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
    ValueError,
    TypeError,
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    InvalidSignature,
    UnsupportedAlgorithm,
)
"""What cryptography raises for a certificate that is none, lacks its names, or was signed by somebody else."""

ALWAYS_NAMED = ("localhost", "127.0.0.1")


class KeyAndCertificate(Struct, frozen=True):
    """Both as PEM text. The key is secret."""

    key: str
    certificate: str


def new_authority(hall: str, now: datetime) -> KeyAndCertificate:
    """An authority that may sign the broker's certificate and nothing below it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Antrean hall {hall}")])
    certificate = (
        _unsigned(name, name, key.public_key(), now + AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _as_pem(key, certificate)


def new_server(authority: KeyAndCertificate, names: Sequence[str], now: datetime) -> KeyAndCertificate:
    """The broker's key and certificate, for `names` (host names or IP addresses) and this machine itself.

    ValueError for a name that is neither.
    """
    ca_key = serialization.load_pem_private_key(authority.key.encode(), None)
    if not isinstance(ca_key, ec.EllipticCurvePrivateKey):
        raise ValueError("the authority's key is not an elliptic-curve key")  # noqa: TRY004 - what is in a file is a value
    ca = x509.load_pem_x509_certificate(authority.certificate.encode())
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Antrean broker")])
    certificate = (
        _unsigned(subject, ca.subject, key.public_key(), min(now + SERVER_LASTS, ca.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_general_names(names)), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    return _as_pem(key, certificate)


def must_be_renewed(server: str, authority: str, names: Sequence[str], now: datetime) -> str | None:
    """Why the broker's certificate must be made anew; None while it will do. Both are PEM certificates."""
    try:
        certificate = x509.load_pem_x509_certificate(server.encode())
        ca = x509.load_pem_x509_certificate(authority.encode())
        named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        certificate.verify_directly_issued_by(ca)
    except UNUSABLE as error:
        return f"it cannot be used ({type(error).__name__})"
    if now > certificate.not_valid_after_utc - RENEW_BEFORE:
        return f"it ends on {certificate.not_valid_after_utc:%Y-%m-%d}"
    if set(named) != set(_general_names(names)):
        return "the names in hall.toml are not those in it"
    return None


def _unsigned(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(until)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general_names(names: Sequence[str]) -> list[x509.GeneralName]:
    return [_general_name(name) for name in dict.fromkeys([*ALWAYS_NAMED, *names])]


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        if not name.isascii() or not name or any(c.isspace() or c == "*" for c in name):
            raise ValueError(f"{name!r} is neither a host name nor an IP address") from None
        return x509.DNSName(name)


def _as_pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> KeyAndCertificate:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return KeyAndCertificate(private.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode())
