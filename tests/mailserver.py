"""A small mail server on a free port: keeps what it is sent, refuses what it is told to."""

from __future__ import annotations

import socketserver
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Delivery:
    """One accepted message with its envelope."""

    recipients: tuple[str, ...]
    message: EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """``refusals`` maps a recipient, ``answers`` a verb to what is said; ``deliveries`` came."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port: int = self.server_address[1]
        self.deliveries: list[Delivery] = []
        self.refusals: dict[str, str] = {}
        self.answers: dict[bytes, str] = {}

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.shutdown()
        self.server_close()


class _Handler(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        recipients: list[str] = []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                recipients.append(line.split(b"<")[1].split(b">")[0].decode())
                self._say(self.server.refusals.get(recipients[-1], "250 ok"))
            elif verb == b"DATA":
                self._say("354 go on")
                self._keep(recipients)
                recipients = []
                self._say("250 kept")
            elif verb in self.server.answers:
                self._say(self.server.answers[verb])
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                recipients = [] if verb in {b"MAIL", b"RSET"} else recipients
                self._say("250 ok")

    def _keep(self, recipients: list[str]) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.deliveries.append(Delivery(tuple(recipients), message))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
