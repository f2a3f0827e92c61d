"""Whether an instrument is signed as it asks: a second implementation, in plain Python."""
import datetime, hashlib, re
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
def sha(data): return hashlib.sha256(data).hexdigest()
def add(p, q):                                      # extended coordinates, RFC 8032 §5.1.4
    a, b = (p[1]-p[0])*(q[1]-q[0]) % P, (p[1]+p[0])*(q[1]+q[0]) % P
    c, d = 2*p[3]*q[3]*D % P, 2*p[2]*q[2] % P
    e, f, g, h = b-a, d-c, d+c, b+a
    return e*f % P, g*h % P, f*g % P, e*h % P
def mul(s, p):
    q = (0, 1, 1, 0)
    while s:
        q, p, s = (add(q, p) if s & 1 else q), add(p, p), s >> 1
    return q
def same(p, q): return (p[0]*q[2] - q[0]*p[2]) % P == 0 and (p[1]*q[2] - q[1]*p[2]) % P == 0
def point(data):
    y = int.from_bytes(data, "little"); sign, y = y >> 255, y & (1 << 255) - 1
    x2 = (y*y-1) * pow(D*y*y+1, P-2, P) % P
    x = pow(x2, (P+3)//8, P)
    if (x*x - x2) % P: x = x * pow(2, (P-1)//4, P) % P
    assert y < P and (x*x - x2) % P == 0 and (x or not sign), "no point"
    return ((P-x if x & 1 != sign else x), y, 1, (P-x if x & 1 != sign else x) * y % P)
BASE = point((4 * pow(5, P-2, P) % P).to_bytes(32, "little"))
def ed25519(key, message, signature):
    r, s, a = signature[:32], int.from_bytes(signature[32:], "little"), point(key)
    small = same(mul(8, a), (0, 1, 1, 0)) or same(mul(8, point(r)), (0, 1, 1, 0))
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    return not small and s < L and same(mul(s, BASE), add(point(r), mul(k, a)))
def verify(agreement, instrument, read, sig):
    """agreement: its id; instrument: its entry in the YAML, `files` with its own file first."""
    seal, *blocks = sig.decode().split("\n\n"); seal += "\n" if blocks else ""
    lines = [f"file: {sha(read(f))} {len(read(f))} {f}" for f in sorted(set(instrument["files"]), key=str.encode)]
    assert seal == "\n".join(["detente-seal 1", f"agreement: {agreement}", f"instrument: {instrument['id']}", *lines, ""]), "seal"
    roles = {p: r for r in ("witness", "guarantor", "party") for p in instrument.get({"witness": "witnesses", "guarantor": "guarantors", "party": "parties"}[r], [])}
    roles.setdefault(instrument.get("depositary"), "depositary")
    form = re.compile(r"(detente-signature 1\nseal: (.*)\nfor: (.*)\nrole: (.*)\nstanding: (definitive|ad-referendum)\nholder: (.*)\ndate: (\d{4}-\d\d-\d\d)\nkey: ([0-9a-f]{64})\n)signature: ([0-9a-f]{128})(\n?)")
    mandates, used = {m["for"]: m for m in instrument["mandates"]}, set()
    for i, block in enumerate(blocks):
        m = form.fullmatch(block); assert m and (m[10] == "\n") == (i == len(blocks) - 1), "form"
        message, named, who, role, standing, holder, date, key, signature, _ = m.groups()
        datetime.date.fromisoformat(date)
        assert named == sha(seal.encode()) and roles.get(who) == role and (who, key) not in used, "statement"
        assert {"holder": holder, "key": key} in mandates[who]["keys"], "mandate"
        assert not mandates[who].get("ad_referendum_only") or standing == "ad-referendum", "beyond mandate"
        assert ed25519(bytes.fromhex(key), message.encode(), bytes.fromhex(signature)), "signature"
        used.add((who, key))
    return all(sum(w == who for w, _ in used) >= m.get("threshold", 1) for who, m in mandates.items())
