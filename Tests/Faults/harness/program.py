"""The built program that is tested: its folder, its commands, what this build can do."""

import functools
import os
import re
import tempfile
from pathlib import Path

from .processes import run

ROOT = Path(__file__).resolve().parents[3]


def built_folder():
    """The project's own build, release before debug."""
    for kind in ("release", "debug"):
        folder = ROOT / ".build" / kind
        if (folder / "groundwork").exists():
            return folder
    raise SystemExit("There is no built program. Build it (swift build -c release), or name its folder in GROUNDWORK_FAULTS_PROGRAM.")


class Program:
    """A folder with the program `groundwork` and its resources. It is started in that folder when the city packs stand there too,
    otherwise in the project's folder."""

    def __init__(self, folder=None):
        self.folder = Path(folder or os.environ.get("GROUNDWORK_FAULTS_PROGRAM") or built_folder()).resolve()
        self.binary = self.folder / "groundwork"
        self.home = self.folder if (self.folder / "Cities").is_dir() else ROOT
        if not self.binary.exists():
            raise SystemExit(f"There is no program {self.binary}.")

    def environment(self, settings):
        """These settings and none of the caller's own."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GROUNDWORK_")}
        return clean | {"GROUNDWORK_CITY": "Cities/boulder"} | settings

    def own_places(self, folder):
        """Settings that keep whatever it writes beside the database in that folder, as far as this build knows them."""
        wanted = {"GROUNDWORK_FILES_URL": f"file:{folder}/files", "GROUNDWORK_CHECKPOINTS": f"{folder}/checkpoints"}
        return {name: value for name, value in wanted.items() if self.has_setting(name)}

    def run(self, *arguments, settings, seconds=600, check=True):
        return run([self.binary, *arguments], env=self.environment(settings), cwd=self.home, seconds=seconds, check=check)

    # --- what this build is and can

    @functools.cached_property
    def version(self):
        return self.run("--version", settings={}).stdout.strip()

    @functools.cached_property
    def build(self):
        """`release` or `debug`, as its folder is called or GROUNDWORK_FAULTS_BUILD says."""
        named = os.environ.get("GROUNDWORK_FAULTS_BUILD")
        return named or next((part for part in reversed(self.folder.parts) if part in ("release", "debug")), "unknown build")

    @functools.cache
    def has_command(self, name):
        return re.search(rf"^\s+{name}\b", self.run("--help", settings={}).stdout, re.MULTILINE) is not None

    @functools.cache
    def has_option(self, command, option):
        return option in self.run(command, "--help", settings={}).stdout

    @functools.cache
    def has_setting(self, name):
        """Whether it knows a setting: an unknown one stops any command with a sentence that names it."""
        with tempfile.TemporaryDirectory() as folder:
            settings = {"GROUNDWORK_DATABASE_URL": f"sqlite:{folder}/empty.sqlite", name: ""}
            done = self.run("audit", "verify", settings=settings, check=False)
        return f"{name} is no setting" not in done.stderr
