"""What leaves the machine goes by TLS: settings that would send something in the open are refused, and so are weak ciphers."""

import http.server
import re
import ssl
import subprocess
import threading

import pytest

ELSEWHERE = "db.city.example"


@pytest.fixture
def certificate(tmp_path):
    """A certificate for localhost that nobody has vouched for, and its key."""
    files = tmp_path / "own.crt", tmp_path / "own.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", files[1], "-out", files[0]], check=True, capture_output=True)
    return files


@pytest.mark.parametrize("arguments, settings, sentence", [
    ([], {"GROUNDWORK_BASE_URL": "http://permits.example.gov"}, "Write it with https://."),
    (["--hostname", "0.0.0.0"], {}, "without a certificate, where other machines reach it"),
    (["--hostname", "192.0.2.10"], {"GROUNDWORK_BASE_URL": "https://permits.example.gov"}, "or listen on localhost behind a proxy"),
])
def test_a_city_at_work_is_not_served_in_the_open(program, arguments, settings, sentence):
    assert program("migrate").code == 0
    answer = program("serve", "--port", "0", *arguments, **settings)
    assert answer.code == 1 and sentence in answer.err, answer


@pytest.mark.parametrize("url", [
    f"postgres://groundwork:hush@{ELSEWHERE}/city",
    f"postgres://groundwork:hush@{ELSEWHERE}:5433/city?sslmode=require",
    f"postgres://groundwork:hush@localhost,{ELSEWHERE}/city?sslmode=prefer",
    f"postgres:///city?host={ELSEWHERE}&user=groundwork",
    "postgres://groundwork:hush@[2001:db8::7]:5432/city",
    f"postgres://groundwork:hush@localhost/city?sslmode=verify-full&sslmode=disable&hostaddr=192.0.2.7",
])
def test_no_password_goes_to_a_database_elsewhere_whose_certificate_is_not_checked(program, url):
    for command in ("migrate", "doctor"):
        answer = program(command, GROUNDWORK_DATABASE_URL=url)
        assert answer.code == 1 and "Add sslmode=verify-full" in answer.err + answer.out and "hush" not in answer.err + answer.out, answer


@pytest.mark.parametrize("url", [
    "postgres://groundwork@localhost:1/city", "postgres://groundwork@[::1]:1/city", "postgres://groundwork@%2Fnowhere/city",
    f"postgres://groundwork@localhost:1/city?sslmode=verify-full",
])
def test_a_database_on_this_machine_and_one_with_a_checked_certificate_are_asked(program, url):
    answer = program("migrate", GROUNDWORK_DATABASE_URL=url)
    assert answer.code == 1 and "cannot be opened" in answer.err and "Add sslmode" not in answer.err, answer


def test_weak_ciphers_and_old_versions_get_no_connection(program, certificate):
    assert program("migrate").code == 0
    environment = program.environment | {"GROUNDWORK_TLS_CERTIFICATE": str(certificate[0]), "GROUNDWORK_TLS_KEY": str(certificate[1])}
    server = subprocess.Popen(
        [str(program.path), "serve", "--port", "0", "--no-worker"], cwd=program.folder, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True)
    try:
        port = re.search(r"port (\d+)", server.stdout.readline())[1]

        def agrees(*options):
            done = subprocess.run(
                ["openssl", "s_client", "-connect", f"localhost:{port}", *options], input=b"", capture_output=True, timeout=30)
            return b"Cipher is (NONE)" not in done.stdout and b"Cipher is" in done.stdout

        assert agrees("-tls1_3") and agrees("-tls1_2")
        assert agrees("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256")
        for weak in ("AES128-GCM-SHA256", "AES256-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384"):
            assert not agrees("-tls1_2", "-cipher", f"{weak}:@SECLEVEL=0"), weak
        assert not agrees("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
    finally:
        server.terminate()
        server.wait(60)


def test_doctor_goes_to_the_portals_address_as_a_browser_does(program, certificate):
    assert program("migrate").code == 0
    away = program("doctor", GROUNDWORK_BASE_URL="https://localhost:1")
    assert away.code == 0 and "! Address: nobody answers at https://localhost:1 now" in away.out, away
    site = http.server.ThreadingHTTPServer(("localhost", 0), http.server.BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        answer = program("doctor", GROUNDWORK_BASE_URL=f"https://localhost:{site.server_port}")
        assert answer.code == 1 and "browsers would not trust its certificate" in answer.out, answer
    finally:
        site.shutdown()


def test_doctor_names_files_of_secrets_that_others_can_read(program):
    assert program("migrate").code == 0
    secret = program.folder / "key"
    secret.write_text("k" * 40)
    secret.chmod(0o644)
    answer = program("doctor", GROUNDWORK_SECRET_KEY_FILE=secret)
    assert answer.code == 1 and f"chmod 600 {secret}" in answer.out, answer
    secret.chmod(0o600)
    answer = program("doctor", GROUNDWORK_SECRET_KEY_FILE=secret)
    assert answer.code == 0 and "are sealed" in answer.out, answer
    without = program("doctor")
    assert without.code == 0 and "! Secrets: no key is set" in without.out, without
