"""The OS user that runs the servers, and what it may read.

PostgreSQL refuses to run as root. For root we therefore start the servers as an OS user without
rights, and let that user reach the state folder and the installed programs without opening
either to anybody else: folders get group access only, and the servers run in those groups.
"""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from config.embedded.errors import ServersError
from config.embedded.processes import Account

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOTS_SERVANT = "laurel-servers"


def server_account(*, reach: Iterable[Path], read: Iterable[Path]) -> Account:
    """Return the OS user for the servers, able to enter `reach` and to read the trees `read`.

    For everybody but root this is the present user and nothing is changed.

    :raises ServersError: when root cannot create the user or widen the permissions.
    """
    if os.geteuid() != 0:
        return _ourselves()
    account = _servant()
    try:
        # Twice: joining a group for one folder can change which permissions hold for another.
        for _ in range(2):
            for path, bits in _needed(reach, read):
                account = _grant(account, path, bits)
    except OSError as error:
        message = (
            f"The OS user {account.name!r} must be able to reach {error.filename}:"
            f" {error.strerror}."
            " Run as a normal user, or set DATABASE_URL and REDIS_URL to servers of your own."
        )
        raise ServersError(message) from error
    return account


def own_folder(path: Path, account: Account) -> None:
    """Make `path` a folder that only `account` (and root) may enter.

    :raises ServersError: when it is a link or belongs to somebody else.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {account.uid, os.geteuid()}:
        message = f"{path} belongs to another OS user. Remove it, or run as that user."
        raise ServersError(message)
    if found.st_uid != account.uid:
        for folder, _, files in os.walk(path):
            for name in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118
                os.chown(name, account.uid, account.gid, follow_symlinks=False)
    path.chmod(0o700)


def _ourselves() -> Account:
    uid = os.geteuid()
    try:
        return Account(pwd.getpwuid(uid).pw_name, uid, os.getegid())
    except KeyError:
        message = (
            f"PostgreSQL needs a named OS user, and user {uid} has no name here."
            " Set DATABASE_URL and REDIS_URL to servers of your own."
        )
        raise ServersError(message) from None


def _servant() -> Account:
    try:
        entry = pwd.getpwnam(ROOTS_SERVANT)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        try:
            subprocess.run(  # noqa: S603 - a fixed command
                [*command, ROOTS_SERVANT], check=True, capture_output=True, text=True
            )
        except (OSError, subprocess.CalledProcessError) as error:
            reason = getattr(error, "stderr", "") or error
            message = (
                "PostgreSQL does not run as root, and the OS user"
                f" {ROOTS_SERVANT!r} could not be created: {reason}. Run as a normal user."
            )
            raise ServersError(message) from error
        entry = pwd.getpwnam(ROOTS_SERVANT)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _needed(reach: Iterable[Path], read: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    """Yield every path with the permissions (as bits of "other") that are needed on it."""
    trees = [path.resolve() for path in read]
    for path in (*(path.resolve() for path in reach), *trees):
        for folder in (*reversed(path.parents), path):
            yield folder, stat.S_IXOTH
    for tree in trees:
        for where, _, files in os.walk(tree):
            here = Path(where)
            yield here, stat.S_IROTH | stat.S_IXOTH
            for name in files:
                program = (here / name).stat().st_mode & stat.S_IXUSR
                yield here / name, stat.S_IROTH | (stat.S_IXOTH if program else 0)


def _grant(account: Account, path: Path, bits: int) -> Account:
    """Return the account that can use `path`, with one group more if that was necessary."""
    found = path.stat()
    if found.st_uid == account.uid:
        return account
    group_bits = bits << 3
    if found.st_gid in {account.gid, *account.groups}:
        if found.st_mode & group_bits != group_bits:
            path.chmod(stat.S_IMODE(found.st_mode) | group_bits)
        return account
    if found.st_mode & bits == bits:
        return account
    path.chmod(stat.S_IMODE(found.st_mode) | group_bits)
    return replace(account, groups=(*account.groups, found.st_gid))
