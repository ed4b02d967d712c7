"""The main job, from adding a folder to a checked citation, opens no connection to anywhere."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from fakes import write_files, write_pdf

ROOT = Path(__file__).parents[1]

# Refuses and records every way out before anything else is imported.
GUARD = """
    import ipaddress, json, socket, sys

    attempts = []

    def allowed(host):
        if host in (None, "", "localhost"):
            return True
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return False

    def refuse(way, address):
        attempts.append([way, repr(address)])
        raise ConnectionRefusedError(f"{way} {address!r}")

    def guard_method(way, real):
        def guarded(self, address):
            if self.family != socket.AF_UNIX and not allowed(address[0]):
                refuse(way, address)
            return real(self, address)
        return guarded

    for way in ("connect", "connect_ex"):
        setattr(socket.socket, way, guard_method(way, getattr(socket.socket, way)))

    def guard_function(way, real, host_of):
        def guarded(address, *rest, **options):
            if not allowed(host_of(address)):
                refuse(way, address)
            return real(address, *rest, **options)
        return guarded

    for way, host_of in (("create_connection", lambda a: a[0]), ("getaddrinfo", lambda a: a)):
        setattr(socket, way, guard_function(way, getattr(socket, way), host_of))
"""
JOB = """
    from pathlib import Path
    from assistant.assistant import Assistant
    from assistant.settings import load_settings
    from index.ingestion.sync import add_paths

    assistant = Assistant(load_settings({}, Path(sys.argv[1])))
    report = add_paths(assistant.store, assistant.embedder, [Path(sys.argv[2])], lambda _: None)
    answer = assistant.ask("How much did Nigeria mine in 2025?")
    (claim,) = assistant.cite("Nigeria mined 1,500 tons of rare earths in 2025.")
    found = assistant.search("rare earth mining in Nigeria")
    pages = [assistant.page(c.source.id, c.page) for c in answer.citations]
    assistant.close()
    print(json.dumps({
        "attempts": attempts,
        "new": report.new,
        "unreadable": report.unreadable,
        "status": answer.status,
        "quotes": [c.quote for c in answer.citations],
        "verbatim": [p.text[c.start:c.end] for p, c in zip(pages, answer.citations)],
        "verdict": claim.verdict,
        "found": len(found),
    }))
"""
ATTEMPT = """
    for attempt in (
        lambda: socket.create_connection(("example.org", 80), 1),
        lambda: socket.getaddrinfo("example.org", 80),
        lambda: socket.socket().connect(("192.0.2.1", 80)),
        lambda: socket.socket().connect_ex(("192.0.2.1", 80)),
    ):
        try:
            attempt()
        except ConnectionRefusedError:
            pass
    socket.getaddrinfo("127.0.0.1", 80)
    print(json.dumps([way for way, _ in attempts]))
"""


def run(job: str, *arguments: Path) -> object:
    """Run a job behind the guard in a process of its own and return what it prints."""
    script = textwrap.dedent(GUARD) + textwrap.dedent(job)
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "HOME": str(arguments[0]) if arguments else "", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_guard_refuses_and_records_every_way_out() -> None:
    assert run(ATTEMPT) == ["create_connection", "getaddrinfo", "connect", "connect_ex"]


@pytest.mark.slow
def test_adding_asking_and_citing_attempt_no_connection(tmp_path: Path) -> None:
    folder = write_files(
        tmp_path / "files",
        {
            "nigeria.md": "# Nigeria\n\nNigeria mined 1,500 tons of rare earths in 2025.\n",
            "page.html": (
                '<html><head><link rel="stylesheet" href="https://example.org/a.css"></head>'
                '<body><img src="https://example.org/a.png"><p>Burma mined 22,000 tons of '
                "rare earths in 2025.</p></body></html>"
            ),
        },
    )
    write_pdf(folder / "prices.pdf", [["Dysprosium oxide cost 230 dollars a kilogram in 2025."]])
    quote = "Nigeria mined 1,500 tons of rare earths in 2025."
    assert run(JOB, tmp_path / "home", folder) == {
        "attempts": [],
        "new": ["nigeria.md", "page.html", "prices.pdf"],
        "unreadable": [],
        "status": "answered",
        "quotes": [quote],
        "verbatim": [quote],
        "verdict": "supported",
        "found": 3,
    }
