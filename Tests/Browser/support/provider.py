"""A real sign-in service beside the city: Canaille, an OpenID Connect provider, with its own people and its own pages."""

import json
import os
import subprocess
import urllib.request
from dataclasses import dataclass

from .city import ROOT, eventually, free_port

PROGRAM = ROOT / ".venv-provider/bin/canaille"
CLIENT, SECRET = "permit-portal", "what-only-the-portal-knows"


@dataclass(frozen=True)
class Employee:
    name: str
    password: str
    first: str
    last: str


class Provider:
    """Stopped by its process id, never by name."""

    def __init__(self, folder, portal_url):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.process = None
        folder.mkdir(parents=True)
        self._configure()
        self._run("install")
        self._run(
            "create", "client", "--client-id", CLIENT, "--client-secret", SECRET, "--client-name", "Permit portal",
            "--redirect-uris", portal_url + "/staff/sign-in/directory/return", "--grant-types", "authorization_code",
            "--response-types", "code", "--scope", "openid", "--scope", "profile",
            "--token-endpoint-auth-method", "client_secret_basic")
        # Otherwise its tokens are for nobody.
        self._run("set", "client", CLIENT, "--audience", CLIENT)

    def settings(self):
        return {"GROUNDWORK_OIDC_ISSUER": self.url, "GROUNDWORK_OIDC_CLIENT_ID": CLIENT, "GROUNDWORK_OIDC_CLIENT_SECRET": SECRET}

    def employs(self, employee):
        self._run("create", "user", "--user-name", employee.name, "--password", employee.password,
                  "--given-name", employee.first, "--family-name", employee.last, "--emails", f"{employee.name}@city.example")

    def start(self):
        with (self.folder / "provider.log").open("ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "run", "--bind", f"127.0.0.1:{self.port}"], cwd=self.folder, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log)
        eventually(self._is_up, lambda: (self.folder / "provider.log").read_text()[-2000:], seconds=60)
        return self

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def _is_up(self):
        assert self.process.poll() is None, (self.folder / "provider.log").read_text()[-2000:]
        try:
            with urllib.request.urlopen(self.url + "/.well-known/openid-configuration", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def _configure(self):
        (self.folder / "canaille.toml").write_text(f'SECRET_KEY = "{"for tests only " * 3}"\n')
        keys = json.loads(self._run("jwk", "create", "rsa"))
        fields = ", ".join(f"{name} = {json.dumps(value)}" for name, value in keys.items())
        (self.folder / "canaille.toml").write_text(
            f'SECRET_KEY = "{"for tests only " * 3}"\nSERVER_NAME = "localhost:{self.port}"\nPREFERRED_URL_SCHEME = "http"\n'
            f'[CANAILLE]\nDATABASE = "sql"\n[CANAILLE_SQL]\nDATABASE_URI = "sqlite:///{self.folder}/people.sqlite"\n'
            f"[CANAILLE_OIDC]\nACTIVE_JWKS = [{{ {fields} }}]\n")

    def _environment(self):
        return os.environ | {"CANAILLE_CONFIG": str(self.folder / "canaille.toml")}

    def _run(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, env=self._environment(), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"canaille {' '.join(arguments)}:\n{done.stderr}"
        return done.stdout
