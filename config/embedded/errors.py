"""What can go wrong while a server is started."""


class ServersError(Exception):
    """A server cannot be started or reached; the message tells the reader what to do."""
