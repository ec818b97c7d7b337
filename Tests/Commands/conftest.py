"""The program as an operator runs it: commands, settings, exit codes."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Answer:
    def __init__(self, result):
        self.code = result.returncode
        self.out = result.stdout
        self.err = result.stderr

    def __repr__(self):
        return f"exit {self.code}\n{self.out}\n{self.err}"


class Program:
    """The built program in a folder of its own, with an environment of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.path = ROOT / ".build" / "debug" / "groundwork"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "GROUNDWORK_CITY": str(ROOT / "Cities" / "boulder"),
            "GROUNDWORK_DATABASE_URL": f"sqlite:{folder}/city.sqlite",
        }

    def __call__(self, *arguments, stdin=b"", **settings):
        environment = {**self.environment, **{name: str(value) for name, value in settings.items() if value is not None}}
        for name, value in settings.items():
            if value is None:
                environment.pop(name, None)
        result = subprocess.run(
            [str(self.path), *map(str, arguments)],
            cwd=self.folder, env=environment, input=stdin, capture_output=True, timeout=100,
        )
        result.stdout = result.stdout.decode()
        result.stderr = result.stderr.decode()
        return Answer(result)


@pytest.fixture
def program(tmp_path):
    return Program(tmp_path)
