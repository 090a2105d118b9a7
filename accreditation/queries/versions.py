"""Programs as the vendor keeps them: with every version, drafts too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from accreditation.enums import VersionState
from accreditation.models import Program, ProgramVersion
from partners.refusals import CannotRecord


@dataclass(frozen=True, slots=True)
class ProgramVersions:
    """A program with its versions, the newest first; ``in_force`` is the one that judges."""

    program: Program
    versions: tuple[ProgramVersion, ...]
    in_force: ProgramVersion | None

    @property
    def drafts(self) -> int:
        """Return how many versions are not published yet."""
        return sum(one.state == VersionState.DRAFT for one in self.versions)


def programs_with_versions(on: date) -> list[ProgramVersions]:
    """Return every program in its order, with what is in force on the day; two statements."""
    versions: dict[object, list[ProgramVersion]] = {}
    for version in ProgramVersion.objects.defer("document").order_by("-number"):
        versions.setdefault(version.program_id, []).append(version)
    programs = Program.objects.order_by("position", "key")
    return [_together(program, versions.get(program.pk, []), on) for program in programs]


def program_with_versions(key: str, on: date) -> ProgramVersions | None:
    """Return one program, None if there is none with this key."""
    program: Program | None = Program.objects.filter(key=key).first()
    if program is None:
        return None
    versions = ProgramVersion.objects.filter(program=program).order_by("-number")
    return _together(program, list(versions), on)


def _together(program: Program, versions: list[ProgramVersion], on: date) -> ProgramVersions:
    judging = [
        one
        for one in versions
        if one.state == VersionState.PUBLISHED and one.effective_on and one.effective_on <= on
    ]
    in_force = max(judging, key=lambda one: one.effective_on or on, default=None)
    return ProgramVersions(program, tuple(versions), in_force)


def version_to_compare(version: ProgramVersion, on: date) -> ProgramVersion | None:
    """Return the version whose place another one takes: that in force, or the one before.

    For a draft, or what is not in force yet, it is the one in force on the day; for any other the
    published one before it. None for the first.
    """
    published = ProgramVersion.objects.filter(
        program_id=version.program_id, state=VersionState.PUBLISHED, effective_on__lte=on
    ).exclude(pk=version.pk)
    if version.effective_on is not None and version.effective_on <= on:
        published = published.filter(effective_on__lt=version.effective_on)
    found: ProgramVersion | None = published.order_by("-effective_on").first()
    return found


def cannot_withdraw(version: ProgramVersion, on: date) -> CannotRecord | None:
    """Return why a version cannot be withdrawn on a day; None: it is published and waits."""
    if version.state == VersionState.WITHDRAWN:
        return CannotRecord("", _("This version is withdrawn already."))
    if version.state != VersionState.PUBLISHED or version.effective_on is None:
        return CannotRecord("", _("Only a published version can be withdrawn."))
    if version.effective_on <= on:
        sentence = _(
            "This version is in force since %(day)s and can no longer be withdrawn. "
            "Publish another version instead."
        )
        return CannotRecord("", sentence, day=version.effective_on)
    return None


def published_versions(program: Program) -> list[ProgramVersion]:
    """Return the versions that judge or will, by their first day."""
    rows = ProgramVersion.objects.filter(program=program, state=VersionState.PUBLISHED)
    return list(rows.order_by("effective_on"))


def version_instead_of(version: ProgramVersion) -> ProgramVersion | None:
    """Return the published version that judges from a version's first day on without it."""
    if version.effective_on is None:
        return None
    before = ProgramVersion.objects.filter(
        program_id=version.program_id,
        state=VersionState.PUBLISHED,
        effective_on__lt=version.effective_on,
    )
    found: ProgramVersion | None = before.order_by("-effective_on").first()
    return found
