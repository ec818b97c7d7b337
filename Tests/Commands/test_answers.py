"""What every answer of the running server carries, and what the server does not answer at all (docs/security/asvs.csv)."""

import http.client
import json
import re
import socket
import subprocess
import tempfile
import urllib.parse
from pathlib import Path

import pytest
from conftest import Program

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
HEADERS = {name.replace("-", "_"): value for name, value in FORM.items()}
SMUGGLED = {
    "a length and chunks":
        b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "two lengths": b"Content-Length: 5\r\nContent-Length: 21\r\n\r\nemail=a%40example.org",
    "a length below nothing": b"Content-Length: -1\r\n\r\n",
    "a space after the name": b"Content-Length : 0\r\n\r\n",
    "a line without its return": b"X-One: 1\nX-Two: 2\r\n\r\n",
}


class Server:
    """A city of its own behind `https://permits.example.gov`, as a proxy on this machine would ask it."""

    def __init__(self, folder):
        self.program = Program(folder)
        self.program.environment["GROUNDWORK_BASE_URL"] = "https://permits.example.gov"
        assert self.program("migrate").code == 0
        self.process = subprocess.Popen(
            [str(self.program.path), "serve", "--port", "0", "--no-worker"], cwd=folder, env=self.program.environment,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.port = int(re.search(r"port (\d+)", line)[1])

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        answer.text = answer.read().decode(errors="replace")
        connection.close()
        return answer

    def says(self, raw):
        """The status line of what comes back for these bytes, and whether there was a second answer."""
        with socket.create_connection(("localhost", self.port), timeout=20) as connection:
            connection.sendall(raw)
            heard = b""
            while piece := connection.recv(65536):
                heard += piece
        return re.findall(rb"HTTP/1\.1 (\d+)", heard)

    def signs_in(self):
        """Staff by the link that an administrator hands over; the cookie as the browser sends it, and as it was set."""
        link = self.program("staff", "create", "dana@city.example", "--role", "administrator").out
        token = re.search(r"token=([a-z2-7]{32})", link)[1]
        answer = self.ask("POST", "/staff/sign-in/link", urllib.parse.urlencode({"token": token}), **HEADERS)
        assert answer.status == 303, answer.text
        set_cookie = next(value for value in answer.headers.get_all("set-cookie") if "session=" in value)
        return set_cookie.split(";")[0], set_cookie

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


@pytest.fixture(scope="module")
def server():
    with tempfile.TemporaryDirectory() as folder:
        running = Server(Path(folder))
        yield running
        running.stop()


def public_pages(server):
    routes = json.loads(server.program("routes", "--json").out)
    paths = [one["path"] for one in routes if one["method"] == "GET" and "{" not in one["path"]]
    assert len(paths) > 40
    return paths


@pytest.fixture(scope="module")
def answers(server):
    """Every address without a parameter, some that are not there, an asset, and every kind of refusal; as a guest."""
    asset = re.search(r'/assets/[^"]+\.css', server.ask("GET", "/").text)[0]
    gets = [*public_pages(server), asset, "/no/such/page", "/cases/ELE2026-99999", "/dashboard/style.css", "/language/es"]
    found = {path: server.ask("GET", path) for path in gets}
    found["TRACE /"] = server.ask("TRACE", "/")
    found["not a form"] = server.ask("POST", "/register", "{}", Content_Type="application/json")
    found["from elsewhere"] = server.ask(
        "POST", "/register", "email=a", Content_Type=FORM["Content-Type"], Sec_Fetch_Site="cross-site")
    return found


def each(answers, name):
    return {path: answer.headers.get(name) for path, answer in answers.items()}


def test_every_answer_keeps_browsers_on_https_for_a_year_on_every_subdomain(answers):
    for path, value in each(answers, "strict-transport-security").items():
        assert value == "max-age=31536000; includeSubDomains", path


def test_every_answer_says_what_a_browser_may_load_and_that_nobody_frames_it(answers):
    for path, value in each(answers, "content-security-policy").items():
        policy = dict(part.strip().partition(" ")[::2] for part in value.split(";"))
        assert policy["default-src"] == "'none'" and policy["script-src"] == "'self'" and policy["style-src"] == "'self'", path
        for name in ("object-src", "base-uri", "frame-ancestors"):
            assert policy[name] == "'none'", path
        assert "unsafe" not in value and "http" not in value and "*" not in value, path


def test_no_answer_is_guessed_at_or_handed_to_another_site(answers):
    for name, wanted in {
        "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin", "access-control-allow-origin": None,
    }.items():
        for path, value in each(answers, name).items():
            assert value == wanted, f"{name} of {path}"


def test_no_answer_names_the_software(answers):
    for path, answer in answers.items():
        assert not {name.lower() for name in answer.headers} & {"server", "x-powered-by", "via"}, path
        assert not re.search(r"hummingbird|swift|nio/", str(answer.headers), re.I), path


def test_texts_say_their_letters(answers):
    for path, answer in answers.items():
        kind = answer.headers.get("content-type") or ""
        if re.match(r"text/|[^;]*xml", kind):
            assert kind.endswith("charset=utf-8"), f"{path}: {kind}"
        assert kind or not answer.text, path


def test_nothing_but_assets_is_kept(answers):
    for path, value in each(answers, "cache-control").items():
        public = path.startswith("/assets/") or value == "no-cache"
        assert public or value == "no-store", f"{path}: {value}"


def test_what_somebody_sees_who_signed_in_is_not_kept(server):
    cookie, _ = server.signs_in()
    for path in public_pages(server):
        answer = server.ask("GET", path, Cookie=cookie)
        assert answer.headers["cache-control"] == "no-store", path
    assert server.ask("GET", "/staff/desk", Cookie=cookie).status == 200


def test_cookies_are_for_this_host_alone_and_out_of_reach_of_scripts(server, answers):
    _, session = server.signs_in()
    cookies = [session, *answers["/language/es"].headers.get_all("set-cookie")]
    for cookie in cookies:
        name, *parts = [part.strip() for part in cookie.split(";")]
        assert name.startswith("__Host-") and {"Path=/", "HttpOnly", "Secure", "SameSite=Lax"} <= set(parts), cookie
        assert not any(part.startswith("Domain") for part in parts) and len(cookie) < 4096, cookie
    assert len(cookies) == 2


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "PROPFIND"])
def test_other_methods_are_refused(server, method):
    path = "localhost:80" if method == "CONNECT" else "/"
    assert server.ask(method, path).status in (400, 405)


@pytest.mark.parametrize(
    "path", ["/.git/HEAD", "/.git/config", "/assets/", "/assets/../Package.swift", "/assets/%2e%2e/Package.swift", "/Web/page.js",
             "/groundwork.yaml", "/city.sqlite", "/city.checkpoints/", "/dashboard/style.css", "/account/records.json/x.js"])
def test_only_what_the_portal_declares_is_there(server, path):
    assert server.ask("GET", path).status == 404


def test_a_form_from_elsewhere_and_what_is_no_form_are_refused(server, answers):
    assert answers["from elsewhere"].status == 403 and answers["not a form"].status == 415
    assert server.ask("POST", "/register", "email=a", Content_Type=FORM["Content-Type"]).status == 403
    assert server.ask("POST", "/register", "a" * 1_200_000, **HEADERS).status == 413


@pytest.mark.parametrize("end", SMUGGLED.values(), ids=SMUGGLED.keys())
def test_a_request_whose_end_can_be_read_in_two_ways_is_refused(server, end):
    begin = "POST /register HTTP/1.1\r\nHost: localhost\r\n" + "".join(f"{name}: {value}\r\n" for name, value in FORM.items())
    assert server.says(begin.encode() + end) == [b"400"]
