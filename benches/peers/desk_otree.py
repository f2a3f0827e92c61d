"""The desk beside oTree 6, in one run on one machine: pairs of participants
who put structured offers to each other as fast as they are acknowledged.

oTree is set up as its makers say: production server, its SQLite default, one
live page, pairs; an offer is a package kept as a row of an ExtraModel and sent
to both. The desk does what benches/desk_load says. Each figure has the time of
an fsync beside it, before and after. Arguments: numbers of participants
(default 100 300 1000), and `--in FOLDER` for where both keep their data
(default target). Installs oTree into target/peers-otree, or says why not.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / "target/peers-otree"
PYTHON = VENV / "bin/python"
SECONDS = 15
KEY = "for this measurement only"

SETTINGS = """
SESSION_CONFIGS = [dict(name="offers", app_sequence=["offers"], num_demo_participants=2)]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1.0, participation_fee=0.0)
LANGUAGE_CODE = "en"
REAL_WORLD_CURRENCY_CODE = "USD"
USE_POINTS = True
ADMIN_USERNAME = "admin"
ADMIN_PASSWORD = "for this measurement only"
SECRET_KEY = "for this measurement only"
"""

APP = """
from otree.api import *


class C(BaseConstants):
    NAME_IN_URL = "offers"
    PLAYERS_PER_GROUP = 2
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    pass


class Offer(ExtraModel):
    player = models.Link(Player)
    words = models.LongStringField()
    package = models.LongStringField()


class Table(Page):
    @staticmethod
    def live_method(player, data):
        Offer.create(player=player, words=data["text"], package=str(data["package"]))
        return {0: dict(sender=player.id_in_group, **data)}


page_sequence = [Table]
"""

PAGE = """{{ block title }}Offers{{ endblock }}{{ block content }}
<script>function liveRecv(data) {}</script>{{ endblock }}"""


def install():
    """Whether oTree can be had; what pip said otherwise."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import otree"]).returncode == 0:
        return
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    said = subprocess.run(
        [PYTHON, "-m", "pip", "install", "--quiet", "otree==6.*"], capture_output=True, text=True
    )
    if said.returncode:
        print("skipped: oTree could not be installed:", said.stderr.strip())
        sys.exit(0)


def fsync(folder):
    """Milliseconds until 4 KiB are on disk, median of 51."""
    times = []
    with open(folder / "probe", "wb") as file:
        for _ in range(51):
            began = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - began)
    (folder / "probe").unlink()
    return 1e3 * statistics.median(times)


def quantile(times, share):
    return sorted(times)[round(share * (len(times) - 1))] if times else float("nan")


class Otree:
    """A production server in a new folder."""

    def __init__(self, folder, port):
        self.base = f"http://127.0.0.1:{port}"
        (folder / "settings.py").write_text(SETTINGS)
        (folder / "_static").mkdir()
        (folder / "_templates").mkdir()
        app = folder / "offers"
        app.mkdir()
        (app / "__init__.py").write_text(APP)
        (app / "Table.html").write_text(PAGE)
        environment = dict(
            os.environ,
            PATH=f"{VENV / 'bin'}:{os.environ['PATH']}",
            OTREE_PRODUCTION="1",
            OTREE_AUTH_LEVEL="STUDY",
            OTREE_REST_KEY=KEY,
        )
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [VENV / "bin/otree", "prodserver", str(port)],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=open(folder / "log", "w"),
            start_new_session=True,
        )
        while True:
            try:
                urllib.request.urlopen(self.base, timeout=5).read()
                break
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - began > 30:
                    sys.exit("oTree does not answer:\n" + (folder / "log").read_text())
                time.sleep(0.01)
        self.start = time.perf_counter() - began

    def post(self, path, body):
        headers = {"otree-rest-key": KEY, "content-type": "application/json"}
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), headers)
        return json.load(urllib.request.urlopen(request, timeout=600))

    def pairs(self, participants):
        """A session; the address of each participant's live page's socket."""
        body = {"session_config_name": "offers", "num_participants": participants}
        session = self.post("/api/sessions", body)["code"]
        found = self.post(f"/api/get_session/{session}", {})["participants"]
        codes = [p["code"] for p in sorted(found, key=lambda p: p["id_in_session"])]
        sockets = []
        for code in codes:
            # Following the redirect, as a browser does, brings them to the page.
            page = urllib.request.urlopen(f"{self.base}/InitializeParticipant/{code}", timeout=600)
            index = page.url.rstrip("/").rsplit("/", 1)[1]
            query = f"session_code={session}&page_index={index}&participant_code={code}"
            sockets.append(f"ws{self.base[4:]}/live?{query}&page_name=Table")
        return sockets

    def figures(self):
        """Seconds of processor time and resident KB."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        rss = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK"), int(rss.split()[1])

    def stop(self):
        # Its own group: the server and the helper it started.
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


async def offer_all(sockets):
    """Everybody offers again when the last own offer has come back; the times
    until it did, and until the other side had it, in milliseconds."""
    import websockets

    connected = []
    for at in range(0, len(sockets), 50):
        opening = (websockets.connect(s, ping_interval=None) for s in sockets[at : at + 50])
        connected += await asyncio.gather(*opening)
    made, back, delivered = {}, [], []
    until = time.perf_counter() + SECONDS

    async def send(me, turn):
        words = f"offer-{me}-{turn}"
        made[words] = time.perf_counter()
        package = {f"issue {n}": (turn + n) % 3 for n in range(3)}
        data = {"kind": "proposal", "text": words, "package": package}
        await connected[me].send(json.dumps(data))

    async def take_part(me):
        turn = 0
        await send(me, turn)
        async for frame in connected[me]:
            said = json.loads(frame)["live_method_payload"]["text"]
            now = time.perf_counter()
            took = 1e3 * (now - made[said])
            if said.split("-")[1] != str(me):
                delivered.append(took)
                continue
            if now < until:
                back.append(took)
                turn += 1
                await send(me, turn)

    tasks = [asyncio.create_task(take_part(me)) for me in range(len(connected))]
    await asyncio.sleep(SECONDS)
    done = len(back)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for socket in connected:
        socket.transport.abort()
    return done, back, delivered


def otree(participants, port, where):
    folder = Path(tempfile.mkdtemp(prefix="otree-", dir=where))
    server = None
    try:
        before = fsync(folder)
        server = Otree(folder, port)
        sockets = server.pairs(participants)
        cpu, _ = server.figures()
        done, back, delivered = asyncio.run(offer_all(sockets))
        after, rss = server.figures()
        rate = done / SECONDS
        print(
            f"oTree, {participants}: {rate:.0f} offers a second; acknowledged after p50"
            f" {quantile(back, 0.5):.0f} ms, p99 {quantile(back, 0.99):.0f} ms; delivered after p50"
            f" {quantile(delivered, 0.5):.0f} ms, p99 {quantile(delivered, 0.99):.0f} ms;"
            f" {1e3 * (after - cpu) / max(done, 1):.1f} s of CPU per 1,000 offers; {rss} KB;"
            f" start {1e3 * server.start:.0f} ms; fsync {before:.2f} and {fsync(folder):.2f} ms"
        )
        return rate
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder)


def desk(participants, where):
    """What benches/desk_load prints, and the rate in it."""
    load = [ROOT / "target/release/desk_load", ROOT / "target/release/detente"]
    load += [str(participants), str(SECONDS)]
    said = subprocess.run(load, cwd=where, capture_output=True, text=True, check=True)
    lines = said.stdout.splitlines()
    print(f"The desk, {participants}: " + "; ".join(lines))
    return next(float(x.split()[-3]) for x in lines if x.endswith("a second"))


def main():
    install()
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(PYTHON, [PYTHON, *sys.argv])
    build = ["cargo", "build", "--release", "--quiet", "-p", "detente-cli", "-p", "desk_load"]
    subprocess.run(build, cwd=ROOT, check=True)
    arguments = argparse.ArgumentParser()
    arguments.add_argument("participants", type=int, nargs="*", default=[100, 300, 1000])
    arguments.add_argument("--in", dest="where", type=Path, default=ROOT / "target")
    chosen = arguments.parse_args()
    for participants in chosen.participants:
        peer = otree(participants, 8900, chosen.where)
        ours = desk(participants, chosen.where)
        ratio = f"{ours / peer:.0f}" if peer else "more than can be said"
        print(f"{participants} participants: the desk takes {ratio} times oTree's offers a second")


if __name__ == "__main__":
    main()
