"""Writes lk1.txt: the vectors of the key scheme, from a second reading of docs and design.

Only hmac and hashlib of Python's standard library; nothing here is taken from the Java sources.
    python3 lk1.py > ../resources/org/latchkey/keyscheme/lk1.txt
"""
import hashlib
import hmac

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def kdf(key, label, context):
    message = bytes.fromhex("00000001") + label.encode() + b"\0" + context + bytes.fromhex("00000100")
    return hmac.new(key, message, hashlib.sha256).digest()


def lp(field):
    field = field.encode() if isinstance(field, str) else field
    return bytes([len(field)]) + field


def base32(octets, characters):
    bits = "".join(f"{octet:08b}" for octet in octets)
    return "".join(ALPHABET[int(bits[5 * i : 5 * i + 5], 2)] for i in range(characters))


def unbase32(text):
    bits = "".join(f"{ALPHABET.index(c):05b}" for c in text)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def subkey(master, enterprise, purpose, realm, domain):
    return kdf(master, "lk1/k", lp(enterprise) + lp(purpose) + lp(realm) + lp(domain))


def tag(tag_key, body, characters):
    return base32(kdf(tag_key, "lk1/t", lp(body)), characters)


def identifier(tag_key, form, generation, least, unique):
    letter, unique_characters, tag_characters = {"LONG": ("k", 16, 12), "SHORT": ("j", 10, 6)}[form]
    body = (
        letter
        + ALPHABET[generation // 32]
        + ALPHABET[generation % 32]
        + ALPHABET[1 if least == "SHA_256" else 0]
        + base32(unique, unique_characters)
    )
    return body + tag(tag_key, body, tag_characters)


def secret(key, kid, user):
    return base32(kdf(key, "lk1/s", lp(unbase32(kid)) + lp(user)), 26)


def derived_unique(key, device, user, domain, line, counter):
    context = lp(device) + lp(user) + lp(domain) + bytes([line]) + counter.to_bytes(4, "big")
    return kdf(key, "lk1/i", context)


def check(master, enterprise):
    return kdf(master, "lk1/c", lp(enterprise))[:16].hex()


def ha1(algorithm, username, realm, password):
    text = f"{username}:{realm}:{password}".encode()
    return (hashlib.md5 if algorithm == "MD5" else hashlib.sha256)(text).hexdigest()


def case(**fields):
    for name, value in fields.items():
        print(f"{name} = {value.hex() if isinstance(value, bytes) else value}")
    print()


SITES = [
    (bytes(range(32)), "latchkey", "latchkey", "localhost"),
    (hashlib.sha256(b"another master key").digest(), "Example Ltd", "pbx.example.org", "example.org"),
    (hashlib.sha256(b"long names").digest(), "e" * 255, "r" * 255, "d" * 255),
    (hashlib.sha256(b"beyond ascii").digest(), "Büro Süd", "Telefonie", "xn--bro-hoa.example"),
]
PHONES = [
    ("LONG", 1, "MD5", "1001", "805ec0000001", 1, 0),
    ("LONG", 1023, "SHA_256", "+4930123456", "SN 4711/A", 2, 1),
    ("LONG", 32, "MD5", "a-user-of-more-than-nineteen-bytes", "805ec0000001", 255, 258),
    ("SHORT", 0, "MD5", "1001", "805ec0000001", 1, 0),
    ("SHORT", 31, "SHA_256", "zoë", "805ec0000002", 1, 2147483647),
    ("SHORT", 993, "SHA_256", "u" * 255, "d" * 255, 9, 65536),
]

print("# The key scheme, version 1: written by lk1.py, never by the Java sources.\n")
for master, enterprise, realm, domain in SITES:
    case(kind="check", master=master, enterprise=enterprise, value=check(master, enterprise))
    keys = {}
    for purpose in ("registration", "identifier", "tag", "provisioning", "control", "maintenance"):
        keys[purpose] = subkey(master, enterprise, purpose, realm, domain)
        case(
            kind="subkey",
            master=master,
            enterprise=enterprise,
            purpose=purpose,
            realm=realm,
            domain=domain,
            subkey=keys[purpose],
        )
    for form, generation, least, user, device, line, counter in PHONES:
        unique = derived_unique(keys["identifier"], device, user, domain, line, counter)
        case(
            kind="unique",
            subkey=keys["identifier"],
            device=device,
            user=user,
            domain=domain,
            line=line,
            counter=counter,
            unique=unique,
        )
        kid = identifier(keys["tag"], form, generation, least, unique)
        case(
            kind="identifier",
            subkey=keys["tag"],
            form=form,
            generation=generation,
            least=least,
            unique=unique,
            identifier=kid,
            octets=unbase32(kid),
        )
        for purpose in ("registration", "provisioning"):
            password = secret(keys[purpose], kid, user)
            case(kind="secret", subkey=keys[purpose], identifier=kid, user=user, secret=password)
        for algorithm in ("MD5", "SHA_256"):
            case(
                kind="ha1",
                algorithm=algorithm,
                identifier=kid,
                realm=realm,
                secret=password,
                ha1=ha1(algorithm, kid, realm, password),
            )
