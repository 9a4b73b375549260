"""A real SMTP server on a free port of 127.0.0.1. Prints its port, then each mail as a line of JSON. Ends with its standard input."""
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

settings = json.loads(sys.argv[1])


def show(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 There is no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(address.startswith("dropped") for address in envelope.rcpt_tos):
            server.transport.abort()
            return "421 gone"
        show(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "data": envelope.content.decode("utf-8", "surrogateescape"),
            "encrypted": server.transport.get_extra_info("sslcontext") is not None,
            "authenticated": bool(session.authenticated),
        }))
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and [data.login.decode(), data.password.decode()] == [settings["user"], settings["password"]]
    return AuthResult(success=right, handled=False)


async def main():
    context = None
    if settings.get("certificate"):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(settings["certificate"], settings["key"])
    options = {"hostname": "localhost", "tls_context": context, "data_size_limit": settings.get("limit", 33554432)}
    if settings.get("tls"):
        options["tls_context"] = None
    if settings.get("user"):
        options |= {"auth_exclude_mechanism": [settings["without"]] if settings.get("without") else [],
                    "authenticator": authenticate, "auth_required": True, "auth_require_tls": options["tls_context"] is not None}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), **options), "127.0.0.1", 0, ssl=context if settings.get("tls") else None)
    show(str(server.sockets[0].getsockname()[1]))
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
