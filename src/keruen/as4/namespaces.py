"""Names of the standards: XML namespaces, prefixes that this node writes, algorithm and token URIs.

Sources: SOAP 1.2, ebMS 3.0 Core, ebBP Signals 2.0, XML Signature 1.1, XML Encryption 1.1, RFC 9231,
WSS 1.1.1 with its X.509 token and SwA profiles.
"""

from __future__ import annotations

from typing import Final

S12: Final = "http://www.w3.org/2003/05/soap-envelope"
EB: Final = "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/"
EBBP: Final = "http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0"
DS: Final = "http://www.w3.org/2000/09/xmldsig#"
DSIG11: Final = "http://www.w3.org/2009/xmldsig11#"
XENC: Final = "http://www.w3.org/2001/04/xmlenc#"
XENC11: Final = "http://www.w3.org/2009/xmlenc11#"
RFC9231: Final = "http://www.w3.org/2021/04/xmldsig-more#"
EC: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
WSSE: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
WSSE11: Final = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"
XML: Final = "http://www.w3.org/XML/1998/namespace"
XML_LANG: Final = f"{{{XML}}}lang"

_SOAP_SECURITY = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"
_SOAP_SECURITY_11 = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1"
_X509_PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0"
_SWA = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1"

BASE64_BINARY: Final = f"{_SOAP_SECURITY}#Base64Binary"
X509_V3: Final = f"{_X509_PROFILE}#X509v3"
X509_PKI_PATH: Final = f"{_X509_PROFILE}#X509PKIPathv1"
X509_SKI: Final = f"{_X509_PROFILE}#X509SubjectKeyIdentifier"
THUMBPRINT_SHA1: Final = f"{_SOAP_SECURITY_11}#ThumbprintSHA1"
ENCRYPTED_KEY_TOKEN: Final = f"{_SOAP_SECURITY_11}#EncryptedKey"

CONTENT_SIGNATURE_TRANSFORM: Final = f"{_SWA}#Attachment-Content-Signature-Transform"
CIPHERTEXT_TRANSFORM: Final = f"{_SWA}#Attachment-Ciphertext-Transform"
CONTENT_ONLY: Final = f"{_SWA}#Attachment-Content-Only"

EXC_C14N: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA1: Final = "http://www.w3.org/2000/09/xmldsig#sha1"
HMAC_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
ED25519: Final = "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"
X25519: Final = "http://www.w3.org/2021/04/xmldsig-more#x25519"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
ECDH_ES: Final = "http://www.w3.org/2009/xmlenc11#ECDH-ES"
RSA_OAEP: Final = "http://www.w3.org/2009/xmlenc11#rsa-oaep"
RSA_OAEP_MGF1P: Final = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
MGF1_SHA1: Final = "http://www.w3.org/2009/xmlenc11#mgf1sha1"
MGF1_SHA256: Final = "http://www.w3.org/2009/xmlenc11#mgf1sha256"
HKDF_URI: Final = "http://www.w3.org/2021/04/xmldsig-more#hkdf"
KW_AES128: Final = "http://www.w3.org/2001/04/xmlenc#kw-aes128"
AES128_GCM: Final = "http://www.w3.org/2009/xmlenc11#aes128-gcm"

SOAP_TYPE: Final = "application/soap+xml"
SOAP_CONTENT_TYPE: Final = f"{SOAP_TYPE}; charset=UTF-8"
"""Content-Type of an envelope that this node writes."""
GZIP_TYPE: Final = "application/gzip"
OCTETS_TYPE: Final = "application/octet-stream"
