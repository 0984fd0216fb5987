"""What `deploy/compose.yaml` would run, as plain processes: read from it, typed nowhere else.

No Docker runs here. Commands, settings, secrets and the order of starting are the file's, nginx is
nginx with `deploy/nginx.conf`; only addresses, ports and paths are others. PostgreSQL is ours.
"""

import asyncio
import ipaddress
import secrets
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
from compose_spec import parse_duration
from cryptography import x509
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.clock import real_now
from storage.database import Database, open_database
from tests.deployed import NGINX, compose, settings_env
from tests.end_to_end.processes import Command, Finished
from tests.end_to_end.town import TOKEN, Telegram
from tests.postgres import die_with_parent

HERE = "127.0.0.1"
SERVER = "postgres"
PROXY = "nginx"


def nginx() -> str | None:
    """The program; Debian leaves it off the PATH of people."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Composed:
    """Its services, by their names."""

    def __init__(self, folder: Path, telegram: Telegram, url: str, now: datetime) -> None:
        self._file = compose()
        self.services = self._file["services"]
        self.ports = {name: _free_port() for name in self.services}
        self.running: dict[str, Command] = {}
        self.url = url
        self._folder, self._now, self._api = folder, now, telegram.url
        self._said = {
            "bot_token": TOKEN,
            "secret_key": Fernet.generate_key().decode(),
            "postgres_password": "none",
            "webhook": secrets.token_hex(16),
        }
        self._write_secrets()
        self._trusted = telegram.world.trusted = _certificate(folder / "certificates")
        telegram.set_clock(now)
        self._stack = ExitStack()

    def _write_secrets(self) -> None:
        for name, where in self._file["secrets"].items():
            file = self._folder / where["file"]
            file.parent.mkdir(exist_ok=True)
            file.write_text(self._said[name] + "\n", "ascii")

    def env(self, name: str) -> dict[str, str]:
        """The environment of a service; what is rewritten stands here and nowhere else."""
        declared = settings_env() | self.services[name]["environment"]
        at_this_place = {
            "LOTSEN_DATABASE_URL": self.url,
            "LOTSEN_WEBHOOK_SECRET": self._said["webhook"],
            "LOTSEN_HTTP_HOST": HERE,
            "LOTSEN_HTTP_PORT": str(self.ports[name]),
        }
        assert set(at_this_place) <= set(declared)
        moved = {
            "lotsen.example": f"{HERE}:{self.ports[PROXY]}",
            "/run/secrets/": f"{self._folder}/secrets/",
        }
        surroundings = {"PATH": "/usr/bin:/bin", "LOTSEN_DATA_DIR": str(self._folder / "data")}
        surroundings |= {"LOTSEN_API_URL": self._api, "LOTSEN_NOW": self._now.isoformat()}
        return surroundings | {
            key: _replaced(value, moved) for key, value in (declared | at_this_place).items()
        }

    def start(self, name: str) -> Command:
        """A service's own command."""
        program, *argv = self.services[name]["command"]
        assert program == "lotsen"
        self.running[name] = Command(argv, self.env(name), self._folder)
        return self.running[name]

    async def command(self, *argv: str) -> Finished:
        """`docker compose run sender-1 lotsen …`."""
        ended = await Command(list(argv), self.env("sender-1"), self._folder).end()
        assert ended.code == 0, ended.err
        return ended

    async def up(self) -> None:
        """Everything begins, in the order in which one waits for another, and is ready."""
        for name in self._in_order():
            if name == PROXY:
                self._stack.enter_context(self._proxy())
            elif name != SERVER:
                process = self.start(name)
                if self._is_waited_for(name):
                    assert (await process.end()).code == 0, process.logged
                    del self.running[name]
        for name in self.running:
            await self.until_ready(name)

    async def until_ready(self, name: str) -> None:
        """Wait until the container's health check would be content."""
        async with asyncio.timeout(30):
            while (await self.get(name, "/readyz"))[0] != 200:  # noqa: ASYNC110 - from outside
                await asyncio.sleep(0.02)

    async def stop(self, name: str) -> Finished:
        """`docker compose stop`: within the time that the file gives."""
        within = parse_duration(self.services[name]["stop_grace_period"])
        return await self.running.pop(name).stop(within)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Their database, opened in this process."""
        db = open_database(self.url, [self._said["secret_key"]])
        try:
            yield db
        finally:
            await db.close()

    def _in_order(self) -> Iterator[str]:
        begun: set[str] = set()
        while len(begun) < len(self.services):
            name = next(
                name
                for name, each in self.services.items()
                if name not in begun and set(each.get("depends_on", ())) <= begun
            )
            begun.add(name)
            yield name

    def _is_waited_for(self, name: str) -> bool:
        wanted = {"condition": "service_completed_successfully"}
        depends = (each.get("depends_on") for each in self.services.values())
        return any(isinstance(each, dict) and each.get(name) == wanted for each in depends)

    def _proxy(self) -> ExitStack:
        text = NGINX
        for name in self.services:
            text = text.replace(f"{name}:8080", f"{HERE}:{self.ports[name]}")
        text = text.replace("listen 443 ", f"listen {HERE}:{self.ports[PROXY]} ")
        text = text.replace("/etc/nginx/", f"{self._folder}/")
        rooms = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"{each}_temp_path {self._folder}/{each};" for each in rooms)
        assert str(self.ports[PROXY]) in text
        conf = self._folder / "nginx.conf"
        conf.write_text(text.replace("http {", "http { " + paths), "utf-8")
        command = [nginx(), "-e", "stderr", "-c", str(conf)]
        tried = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)
        assert tried.returncode == 0, tried.stderr
        stack = ExitStack()
        running = subprocess.Popen(
            [*command, "-g", f"daemon off; pid {self._folder}/nginx.pid;"],
            stderr=stack.enter_context((self._folder / "nginx.err").open("wb")),
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - one call that waits for nobody
        )
        stack.callback(running.wait)
        stack.callback(running.terminate)
        return stack

    async def get(self, name: str, path: str) -> tuple[int, str]:
        """What a process says there of itself; 0 for one that does not listen."""
        try:
            async with (
                aiohttp.ClientSession() as http,
                http.get(f"http://{HERE}:{self.ports[name]}{path}") as got,
            ):
                return got.status, await got.text()
        except OSError:
            return 0, ""

    async def stranger(self, how: str, path: str) -> int:
        """What somebody is answered who comes over the internet and knows no secret."""
        said = {"X-Telegram-Bot-Api-Secret-Token": "a guess"}
        address = f"https://{HERE}:{self.ports[PROXY]}{path}"
        async with (
            aiohttp.ClientSession(headers=said) as http,
            http.request(how, address, ssl=self._trusted) as got,
        ):
            return got.status

    def close(self) -> None:
        """Nothing of it goes on."""
        for each in self.running.values():
            each.process.kill()
        self._stack.close()


def _replaced(text: str, moved: dict[str, str]) -> str:
    for old, new in moved.items():
        text = text.replace(old, new)
    return text


def _free_port() -> int:
    with socket.socket() as line:
        line.bind((HERE, 0))
        return line.getsockname()[1]


def _certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for this machine as an operator lays it there; who trusts it."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(real_now() - timedelta(days=1))
        .not_valid_after(real_now() + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "lotsen.pem").write_bytes(made.public_bytes(pem))
    (folder / "lotsen.key").write_bytes(key.private_bytes(pem, *plain))
    return ssl.create_default_context(cafile=folder / "lotsen.pem")
