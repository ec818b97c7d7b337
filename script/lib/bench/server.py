"""The program, started on a city as a city would run it, and asked over loopback."""

import gzip
import http.client
import json
import re
import socket
import subprocess
import time
import urllib.parse

from cities import PROGRAM, environment


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, city, **settings):
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.environment = environment(city.url, GROUNDWORK_BASE_URL=self.base, **settings)
        self.started_in = None

    def __enter__(self):
        begun = time.monotonic()
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--demo", "--port", str(self.port)], env=self.environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        while time.monotonic() - begun < 60:
            try:
                if self.get("/")[0] == 200:
                    self.started_in = time.monotonic() - begun
                    return self
            except OSError:
                time.sleep(0.005)
        raise SystemExit("The server did not answer within a minute.")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def get(self, path, headers=None, connection=None):
        """Status, headers and the bytes as they came."""
        link = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        link.request("GET", path, headers=headers or {})
        answer = link.getresponse()
        body = answer.read()
        if connection is None:
            link.close()
        return answer.status, answer.headers, body

    @property
    def anonymous_megabytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return int(re.search(r"RssAnon:\s+(\d+)", file.read()).group(1)) / 1024

    def sign_in(self, email, password):
        """The cookies of somebody who signed in by the form."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        jar = {}

        def keep(answer):
            for line in answer.headers.get_all("set-cookie") or []:
                name, _, value = line.split(";")[0].partition("=")
                jar[name] = value

        def cookie():
            return "; ".join(f"{name}={value}" for name, value in jar.items())

        link.request("GET", "/sign-in")
        answer = link.getresponse()
        page = answer.read().decode()
        keep(answer)
        fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
        fields |= {"email": email, "password": password}
        link.request("POST", "/sign-in", urllib.parse.urlencode(fields),
                     {"content-type": "application/x-www-form-urlencoded", "cookie": cookie(), "origin": self.base})
        answer = link.getresponse()
        answer.read()
        keep(answer)
        if answer.status not in (302, 303):
            raise SystemExit(f"Signing in as {email} was answered with {answer.status}.")
        return cookie()


def accounts(city):
    done = subprocess.run([PROGRAM, "demo", "--accounts", "--json"], env=environment(city.url), check=True,
                          capture_output=True, text=True)
    return json.loads(done.stdout)


def page_weight(server, path, cookie=None):
    """Compressed bytes of a page: what is needed to paint it, and everything it names."""
    headers = {"accept-encoding": "gzip"} | ({"cookie": cookie} if cookie else {})
    status, answered, body = server.get(path, headers)
    page = gzip.decompress(body).decode() if answered.get("content-encoding") == "gzip" else body.decode()
    first = len(body)
    styles = re.findall(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"', page)
    rest = re.findall(r'<(?:script|img)[^>]*src="([^"]+)"', page)
    rest += re.findall(r'<link[^>]*rel="(?:icon|preload|modulepreload)"[^>]*href="([^"]+)"', page)
    for style in styles:
        first += len(server.get(style, headers)[2])
    everything = first + sum(len(server.get(one, headers)[2]) for one in set(rest) if one.startswith("/"))
    return {"page": path, "status": status, "first_bytes": first, "all_bytes": everything}
