"""script/faults: runs the named scenarios, or all of them, against the built program."""

import argparse
import importlib
import sys
import traceback
from pathlib import Path

from harness.program import ROOT, Program
from harness.results import Result, keep, markdown, table
from harness.stage import Stage

SCENARIOS = (
    "planted", "kill-serve", "kill-import", "kill-worker", "disk-full", "fsync-error", "postgres-restart", "patroni", "mail", "upgrade",
    "two-nodes", "reregister", "removal", "soak")

MEASURED = ROOT / "var/faults.json"


def arguments():
    parser = argparse.ArgumentParser(
        prog="script/faults", description="Breaks things under load and counts what was acknowledged and is lost or doubled.",
        epilog="The program: GROUNDWORK_FAULTS_PROGRAM names its folder; otherwise .build/release, then .build/debug.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"scenarios: {', '.join(SCENARIOS)} (default: all)")
    parser.add_argument("--rounds", type=int, help="faults for each database (default: as the scenario says)")
    parser.add_argument("--clients", type=int, help="people at once (default: as the scenario says)")
    parser.add_argument("--minutes", type=float, default=10, help="for soak (default: 10)")
    parser.add_argument("--database", choices=("SQLite", "PostgreSQL"), help="only this one, where a scenario has both")
    parser.add_argument("--program", help="the folder of the program that is tested")
    parser.add_argument("--old", help="for upgrade: the folder of the program that is replaced")
    parser.add_argument("--new", help="for upgrade: the folder of the program that replaces it (default: the one tested)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed chooses the same moments")
    parser.add_argument("--keep", action="store_true", help="leave the temporary folders")
    parser.add_argument("--verbose", action="store_true", help="say what happens")
    parser.add_argument("--markdown", action="store_true", help="only print what was measured so far as the table of docs/reliability.md")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in SCENARIOS]
    if unknown:
        parser.error(f"no scenario {', '.join(unknown)}; there are {', '.join(SCENARIOS)}")
    return options


def main():
    options = arguments()
    if options.markdown:
        print(markdown(MEASURED))
        return 0
    program = Program(options.program)
    print(f"{program.version}, {program.build}, {program.folder}", flush=True)
    results = []
    for name in options.names or SCENARIOS:
        scenario = importlib.import_module(f"scenarios.{name.replace('-', '_')}")
        try:
            with Stage(name, program, options) as stage:
                for result in scenario.run(stage):
                    results.append(result)
                    show(result)
        except Exception as error:  # A scenario that cannot be played is a failure like any other; the next one is played.
            traceback.print_exc()
            results.append(Result(name, "?", problems=[f"{type(error).__name__}: {error}"]))
            show(results[-1])
        keep(results, program, MEASURED)
    print("\n" + table(results))
    return 1 if any(result.failed for result in results) else 0


def show(result):
    print(result.line(), flush=True)
    for problem in result.problems:
        print(f"    {problem}", flush=True)
    for name, note in result.notes.items():
        if note not in (None, "", {}, 0):
            print(f"    {name}: {note}", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.exit(main())
