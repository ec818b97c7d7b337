"""A mail server for tests, on a free port of 127.0.0.1. It ends when its standard input does.

Says one JSON object a line on standard output: first {"port", "certificate"}, then one for each message it accepts, read with
Python's own email package. How it treats a mail depends on the recipient, see RECIPIENTS.
"""

import argparse
import asyncio
import base64
import email
import email.policy
import json
import logging
import ssl
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "permits@boulder.example", "p@ss/word: 100%?"

# What is answered to RCPT.
RECIPIENTS = {
    "bounce": "550 5.1.1 <bounce@example.org>: No such user here",
    "grey": "451 4.7.1 Greylisted, come back later",
    "login": "530 5.7.0 Authentication required",
    "busy": "421 4.3.2 Too busy",
}
# What is answered to the whole message.
MESSAGES = {
    "spam": "554 5.7.1 This looks like junk",
    "full": "452 4.2.2 Mailbox full",
}


def say(**values):
    print(json.dumps(values), flush=True)


def local_part(address):
    return address.split("@")[0]


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = local_part(address)
        if name == "slow":
            await asyncio.sleep(3)
        if name == "hangup":
            server.transport.abort()
        if name in RECIPIENTS:
            return RECIPIENTS[name]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        name = local_part(envelope.rcpt_tos[0])
        if name == "drop":
            server.transport.abort()
            return ""
        if name == "silent":
            await asyncio.sleep(3)
        if name in MESSAGES:
            return MESSAGES[name]
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say(
            sender=envelope.mail_from,
            recipient=envelope.rcpt_tos[0],
            options=envelope.mail_options,
            connection=session.peer[1],
            tls=session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None,
            hello=session.host_name,
            login=session.auth_data,
            headers=[[name, str(value)] for name, value in message.items()],
            subject=str(message["Subject"]),
            text=message.get_body(("plain",)).get_content().replace("\r\n", "\n"),
            html=message.get_body(("html",)).get_content().replace("\r\n", "\n"),
            parts=[part.get_content_type() for part in message.walk()],
            defects=[str(defect) for part in message.walk() for defect in part.defects],
            raw=base64.b64encode(envelope.content).decode(),
        )
        return "250-2.0.0 Ok: queued\r\n250 2.0.0 as 4F3A"


class Server(SMTP):
    """With what aiosmtpd has no hook for."""

    # Messages a connection may carry; the next MAIL is answered 421 and the connection closed.
    most = None
    carried = 0

    async def smtp_MAIL(self, arg):
        if self.most is not None and self.carried >= self.most:
            await self.push("421 4.7.0 Enough on this connection")
            self.transport.close()
            return
        self.carried += 1
        await super().smtp_MAIL(arg)

    async def smtp_DATA(self, arg):
        if self.envelope.rcpt_tos and local_part(self.envelope.rcpt_tos[0]) == "cut":
            # Asks for the message and leaves without reading it.
            await self.push("354 Go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


def authenticate(server, session, envelope, mechanism, data):
    good = data.login.decode() == USER and data.password.decode() == PASSWORD
    return AuthResult(success=good, handled=False, auth_data=USER if good else None)


def make_certificate(folder):
    key, certificate = Path(folder) / "key.pem", Path(folder) / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, str(certificate)


async def serve(options, folder):
    context, certificate = make_certificate(folder) if options.starttls or options.tls else (None, None)
    Server.most = options.most

    def protocol():
        return Server(
            Handler(),
            hostname="sink.example",
            enable_SMTPUTF8=options.utf8,
            data_size_limit=options.size,
            tls_context=context if options.starttls else None,
            require_starttls=options.starttls,
            authenticator=authenticate if options.auth else None,
            auth_required=options.auth,
            # It knows only of TLS by STARTTLS.
            auth_require_tls=not (options.plain_auth or options.tls),
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=context if options.tls else None)
    say(port=server.sockets[0].getsockname()[1], certificate=certificate)
    # Until whoever started us is gone.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--starttls", action="store_true", help="offer STARTTLS and take nothing without it")
    parser.add_argument("--tls", action="store_true", help="TLS from the first byte")
    parser.add_argument("--auth", action="store_true", help="take nothing without a login")
    parser.add_argument("--plain-auth", action="store_true", help="let a login come without TLS")
    parser.add_argument("--utf8", action="store_true", help="offer SMTPUTF8")
    parser.add_argument("--size", type=int, default=33554432, help="the largest message")
    parser.add_argument("--most", type=int, help="messages a connection may carry")
    options = parser.parse_args()
    # Broken connections are what tests are about.
    warnings.simplefilter("ignore")
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(serve(options, folder))


if __name__ == "__main__":
    main()
