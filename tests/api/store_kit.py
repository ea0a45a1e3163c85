"""Stores on disks that fill or cannot be written, and commands run on them.

Each run is one command in a child of its own, on a small file system in memory that is made for
it; what it leaves behind is looked at from outside. Mounting needs rights: `can_mount` tells.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from forked import fork_server
from served import BOM, EVIDENCE, own_bom, settings_for

from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.settings import Settings
from footprint.study import Inputs

#: What a certificate's folder holds once all is written: two PDFs, four labels, credential, bundle,
#: passport, keys, three lists.
FILES = 13


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def clean(self) -> bool:
        """Whether a refusal is one problem, told without a traceback; success is clean."""
        if self.status == 0:
            return "Traceback" not in self.err
        told = "1 problem found." in self.err and "Traceback" not in self.err
        return self.status == 1 and told and not self.out


def can_mount() -> bool:
    """Whether this process may mount a file system."""
    with TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder), 64):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system in memory of this size at `folder`, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


@contextmanager
def read_only_disk(folder: Path, store: Path) -> Iterator[Path]:
    """A copy of a store on a file system that cannot be written."""
    with small_disk(folder, 200_000):
        shutil.copytree(store, folder / "store")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True, capture_output=True)
        yield folder / "store"


def run_command(folder: Path, settings: Settings, *arguments: str | Path) -> Ran:
    """`footprint ARGUMENTS` in a process of its own.

    It is forked from a server that has imported everything and drawn nothing (`forked`).
    """
    server = fork_server()
    out, err = folder / "stdout", folder / "stderr"
    facts = {"FOOTPRINT_CACHE": str(settings.cache), "FOOTPRINT_BASE_URL": settings.base_url}
    words = [str(argument) for argument in arguments]
    child = server.Process(target=_command, args=(words, str(out), str(err), facts))
    child.start()
    child.join(300)
    if child.exitcode is None:
        child.kill()
        child.join()
        return Ran(-9, "", "it did not end within 300 s")
    return Ran(child.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def _command(words: list[str], out: str, err: str, facts: dict[str, str]) -> None:
    """Run in the child: the command as its entry point runs it."""
    for file, number in ((out, 1), (err, 2)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    os.environ.update(facts)
    sys.argv = ["footprint", *words]
    from footprint.cli.main import application
    from footprint.cli.output import run

    status = run(application(*words[:1]))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


@dataclass(frozen=True)
class Template:
    """A store with one certificate, and what to order another with."""

    settings: Settings
    number: str
    bom: Path
    evidence: Path

    @property
    def store(self) -> Path:
        return self.settings.store_dir

    @property
    def other_bom(self) -> Path:
        """Of another product than that of the certificate that is there."""
        return self.bom.with_name("other.csv")

    @property
    def order(self) -> list[str | Path]:
        scheme = ["--scheme", "th-tgo", "--tier", "disclosure"]
        return ["issue", self.other_bom, *scheme, "--evidence", self.evidence]


def template(folder: Path) -> Template:
    """The store that every run begins with."""
    settings = settings_for(folder)
    bom, evidence = folder / "bracket.csv", folder / "evidence.yaml"
    bom.write_text(BOM, encoding="utf-8")
    evidence.write_text(yaml.safe_dump(EVIDENCE), encoding="utf-8")
    with opened(settings) as service:
        footprint = service.footprints.calculate(LOCAL, Inputs(bom.name, BOM.encode()))
        order = Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))
        number = service.certificates.issue(LOCAL, order).number
    made = Template(settings, number, bom, evidence)
    made.other_bom.write_bytes(own_bom())
    return made


def full_disk_run(start: Template, folder: Path, pick: random.Random) -> list[str]:
    """Issue while the disk of the store or of the files fills; what is wrong with what is left."""
    size = sum(file.stat().st_size for file in start.store.rglob("*") if file.is_file())
    room = pick.randrange(8, 1600)
    place = pick.choice(("store", "files", "both"))
    kilobytes = room if place == "files" else size // 1024 + 16 + room
    with small_disk(folder / "disk", kilobytes) as disk:
        store = (folder if place == "files" else disk) / "store"
        shutil.copytree(start.store, store)
        out = (folder if place == "store" else disk) / "out"
        ran = run_command(folder, start.settings, *start.order, "--store", store, "--out", out)
        wrong = [] if ran.clean else [f"not one clean line: {ran.err[-600:]}"]
        written = sorted(out.iterdir()) if out.exists() else []
        wrong += [f"half written: {file}" for file in written if file.name.startswith(".")]
        wrong += [f"empty: {file}" for file in written if not file.stat().st_size]
        if (ran.status == 0 and len(written) != FILES) or (ran.status and written):
            wrong.append(f"status {ran.status} with {len(written)} files")
        shutil.copytree(store, folder / "left")
    wrong += _left_whole(start, folder, ran)
    return [f"{place}, {room} kB: {one}" for one in wrong]


def _left_whole(start: Template, folder: Path, ran: Ran) -> list[str]:
    """What is wrong with a store after a command; every certificate's files can be written."""
    wrong = []
    settings = start.settings.model_copy(update={"store_dir": folder / "left"})
    with opened(settings) as service:
        if not service.check_audit_log().intact:
            wrong.append("the log is broken")
        with service.database.reading() as uow:
            numbers = uow.connection.exec_driver_sql("SELECT number FROM certificates").scalars()
            found = list(numbers)
        states = {one: service.register.standing(one).status.state for one in found}
    if start.number not in found or len(found) > 2:
        wrong.append(f"certificates: {found}")
    if set(states.values()) != {"issued"}:
        wrong.append(f"states: {states}")
    new = [one for one in found if one != start.number]
    if (ran.status == 0 or "is issued and stored" in ran.err) != bool(new):
        wrong.append(f"status {ran.status}, and issued: {new}")
    for one in new:
        store: list[str | Path] = ["--store", folder / "left", "--out", folder / "later"]
        later = run_command(folder, settings, "files", one, *store)
        if later.status or len(list((folder / "later").iterdir())) != FILES:
            wrong.append(f"files of {one} cannot be written later: {later.err[-300:]}")
    return wrong


Spoil = Callable[[Path], None]


def _garbage(file: Path) -> None:
    file.write_bytes(b"not a database at all " * 400)


def _foreign(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE albums (title TEXT)")
    connection.close()


def _newer(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


SPOILT: dict[str, tuple[Spoil, str]] = {
    "garbage": (_garbage, "STO-003"),
    "foreign": (_foreign, "STO-001"),
    "newer": (_newer, "STO-001"),
}


def read_only_run(start: Template, folder: Path, pick: random.Random) -> list[str]:
    """Keeper's commands on a copy that cannot be written; what is wrong with their answers."""
    source = folder / "source"
    shutil.copytree(start.store, source)
    database = source / "footprint.sqlite3"
    kind = pick.choice(("clean", "clean", "with a log", *SPOILT))
    if kind == "with a log":
        _leave_log(database)
    elif kind in SPOILT:
        SPOILT[kind][0](database)
    wrong = []
    with read_only_disk(folder / "disk", source) as store:
        before = (store / database.name).read_bytes()
        for name in pick.sample(sorted(_keeper(start)), 3):
            command, expected = _keeper(start)[name]
            ran = run_command(folder, start.settings, *command, "--store", store)
            # What writes may meet the disk before it meets what is on it.
            codes = {expected} | ({SPOILT[kind][1]} if kind in SPOILT else set())
            codes -= {""} if kind in SPOILT else set()
            fits = ran.status == 0 if codes == {""} else any(code in ran.err for code in codes)
            if not fits or not ran.clean:
                wrong.append(f"{kind}, {name}: {ran.status} {ran.out[-200:]} {ran.err[-600:]}")
        if (store / database.name).read_bytes() != before:
            wrong.append("the copy was changed")
    return wrong


def _keeper(start: Template) -> dict[str, tuple[Sequence[str | Path], str]]:
    """Commands on a store, and the code that they answer with where it cannot be written."""
    return {
        "verify-audit": (["verify-audit"], ""),
        "keys list": (["keys", "list"], ""),
        "tokens list": (["tokens", "list"], ""),
        "verify": (["verify", start.bom.with_name("held.pdf")], ""),
        "keys rotate": (["keys", "rotate"], "STO-003"),
        "files": (["files", start.number, "--out", start.bom.with_name("out")], ""),
        "recall": (["recall", *_inventories(start)], ""),
    }


def _inventories(start: Template) -> list[str]:
    with sqlite3.connect(start.store / "footprint.sqlite3") as connection:
        (found,) = connection.execute("SELECT inventory FROM certificates LIMIT 1").fetchone()
    connection.close()
    return ["--inventory", found, "--new", found]


def hold(start: Template) -> None:
    """Write the PDF that `verify` is asked about."""
    with opened(start.settings) as service:
        pdf = service.register.file(service.register.certificate(start.number), "en").pdf
    start.bom.with_name("held.pdf").write_bytes(pdf)


def _leave_log(database: Path) -> None:
    """A write-ahead log as a killed process leaves it: pages that are in no other file."""
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(database, isolation_level=None)
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("CREATE TABLE left_behind (x)")
        os._exit(0)
    os.waitpid(child, 0)
    assert database.with_name(f"{database.name}-wal").stat().st_size > 0


def facts_of(wrong: Sequence[str]) -> str:
    """What went wrong, for a message."""
    return json.dumps(list(wrong), ensure_ascii=False, indent=1)
