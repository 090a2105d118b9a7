"""What is wrong with a rules document: each problem names its place; wording is done elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ProblemCode(StrEnum):
    """What can be wrong at a place of a document. Public: codes are only added."""

    MISSING = "missing"
    UNKNOWN_NAME = "unknown_name"
    NOT_A_MAPPING = "not_a_mapping"
    NOT_A_LIST = "not_a_list"
    NOT_TEXT = "not_text"
    NOT_A_KEY = "not_a_key"
    NOT_TEXTS_BY_LANGUAGE = "not_texts_by_language"
    NOT_POSITIVE = "not_positive"
    NOT_WHOLE = "not_whole"
    NOT_BOOLEAN = "not_boolean"
    NOT_A_DAY = "not_a_day"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_LEVEL = "not_a_level"
    NOT_A_NODE = "not_a_node"
    DUPLICATE = "duplicate"
    STILL_OPEN = "still_open"
    NO_CERTIFICATES_NAMED = "no_certificates_named"
    NO_ROLES = "no_roles"
    NOT_A_ROLE = "not_a_role"
    ENDS_BEFORE_START = "ends_before_start"
    NOT_IN_CATALOG = "not_in_catalog"
    NOT_EARLIER = "not_earlier"
    TOO_FEW_BRANCHES = "too_few_branches"
    ASKS_NOTHING = "asks_nothing"
    NOT_A_NUMBER = "not_a_number"
    NOT_ABOVE_ZERO = "not_above_zero"
    NOT_A_SHARE = "not_a_share"
    NOT_A_MONTH_DAY = "not_a_month_day"
    NOT_MEASURED = "not_measured"
    TOO_HIGH = "too_high"
    NOT_PRINTABLE = "not_printable"
    TOO_DEEP = "too_deep"
    TOO_LARGE = "too_large"
    NEEDS_ALSO = "needs_also"
    EXTENDS_AGAIN = "extends_again"
    NEVER_ENOUGH = "never_enough"
    NEVER_FEWER = "never_fewer"
    CONTRADICTS = "contradicts"
    BUILT_ON_ITSELF = "built_on_itself"
    NO_APPLICATIONS = "no_applications"
    MALFORMED_YAML = "malformed_yaml"
    YAML_ALIAS = "yaml_alias"
    NOT_A_COUNTRY = "not_a_country"
    SLOTS_OF_ALL = "slots_of_all"


def _(sentence: str) -> str:
    """Return the sentence as it is: the name marks it for the catalog of languages."""
    return sentence


ENGLISH: Mapping[ProblemCode, str] = {
    ProblemCode.MISSING: _("is missing"),
    ProblemCode.UNKNOWN_NAME: _("is not known here; known names: {known}"),
    ProblemCode.NOT_A_MAPPING: _("must be a mapping of names to values"),
    ProblemCode.NOT_A_LIST: _("must be a list with at least one entry"),
    ProblemCode.NOT_TEXT: _("must be text"),
    ProblemCode.NOT_A_KEY: _("must be lowercase letters, digits, - and _, at most 63 of them"),
    ProblemCode.NOT_TEXTS_BY_LANGUAGE: _("must give a text per language, such as {{en: …}}"),
    ProblemCode.NOT_POSITIVE: _("must be a positive whole number"),
    ProblemCode.NOT_WHOLE: _("must be a whole number, zero or more"),
    ProblemCode.NOT_BOOLEAN: _("must be true or false"),
    ProblemCode.NOT_A_DAY: _("must be a day, written as YYYY-MM-DD"),
    ProblemCode.NOT_A_CHOICE: _("must be one of: {choices}"),
    ProblemCode.NOT_A_LEVEL: _("is not a level of this program; its levels: {levels}"),
    ProblemCode.NOT_A_NODE: _("must have exactly one of: {forms}"),
    ProblemCode.DUPLICATE: _("{key} is already used at {first}"),
    ProblemCode.STILL_OPEN: _("is still open; the number must be known before publishing"),
    ProblemCode.NO_CERTIFICATES_NAMED: _(
        "must name certifications, families or certification_levels"
    ),
    ProblemCode.NO_ROLES: _("is about people in roles, but no criterion has role_slots"),
    ProblemCode.NOT_A_ROLE: _("{role} is not a role of this program; its roles: {roles}"),
    ProblemCode.NOT_IN_CATALOG: _("{key} is not in the vendor's catalog"),
    ProblemCode.NOT_A_COUNTRY: _(
        "{key} is not the code of a country, which has two capital letters, as in DE"
    ),
    ProblemCode.NOT_EARLIER: _("{key} is no criterion that stands earlier in the document"),
    ProblemCode.ENDS_BEFORE_START: _("must not be before {start}"),
    ProblemCode.TOO_FEW_BRANCHES: _("asks for {need} of {count} branches at level {level}"),
    ProblemCode.ASKS_NOTHING: _("asks nothing of level {level}"),
    ProblemCode.NOT_A_NUMBER: _("must be a number"),
    ProblemCode.NOT_ABOVE_ZERO: _("must be a number above zero"),
    ProblemCode.NOT_A_SHARE: _("must be a number above 0 and at most 1"),
    ProblemCode.NOT_A_MONTH_DAY: _("must be a day of the year, written as MM-DD"),
    ProblemCode.NOT_MEASURED: _("counts nothing that could be used here; usable: {known}"),
    ProblemCode.TOO_HIGH: _("must be at most {limit}"),
    ProblemCode.NOT_PRINTABLE: _("holds characters that cannot be stored: {text}"),
    ProblemCode.TOO_DEEP: _("is nested more than {limit} levels deep"),
    ProblemCode.TOO_LARGE: _("is larger than allowed: {limit} at most"),
    ProblemCode.NEEDS_ALSO: _("has no meaning without {needed}"),
    ProblemCode.EXTENDS_AGAIN: _("must reach beyond {last}, or an award would be extended again"),
    ProblemCode.NEVER_ENOUGH: _("can never be reached: there are at most {most}"),
    ProblemCode.NEVER_FEWER: _("can never be met: there are never fewer than {least}"),
    ProblemCode.CONTRADICTS: _("contradicts {other}: nothing can meet both"),
    ProblemCode.BUILT_ON_ITSELF: _("a cycle: {path}"),
    ProblemCode.NO_APPLICATIONS: _(
        "must be automatic before publishing: partners cannot apply for an award yet"
    ),
    ProblemCode.SLOTS_OF_ALL: _(
        "cannot be said of role_slots: who fills them is decided among all people of the partner"
    ),
    ProblemCode.MALFORMED_YAML: _("is not YAML"),
    ProblemCode.YAML_ALIAS: _("must not use anchors or aliases"),
}

LIMITS: Mapping[str, str] = {
    "characters": _("is larger than the limit of {limit} characters"),
    "criteria": _("is larger than the limit of {limit} criteria"),
    "slots": _("is larger than the limit of {limit} slots"),
    "values": _("is larger than the limit of {limit} values"),
}
"""What is too large, by what there is too much of."""

YAML_FLAWS: Mapping[str, str] = {
    "brackets": _("is not YAML: a bracket is not closed, or a comma is missing before this"),
    "character": _("is not YAML: a text that begins with this character needs quotation marks"),
    "colon": _("is not YAML: a name needs a colon and a space after it"),
    "content": _("is not YAML: a value is missing before this"),
    "documents": _("is not YAML of one document: another one begins here"),
    "indentation": _("is not YAML: the indentation does not fit the lines above"),
    "quotes": _("is not YAML: a quotation mark is never closed"),
    "tag": _("is not YAML as it is read here: tags, which begin with !, are not known"),
    "unprintable": _("is not YAML: it holds a character that no text can hold"),
    "value": _("is not YAML: nothing can begin here; a text with a colon needs quotation marks"),
}
"""What is wrong with a text that is not YAML, as far as that can be said."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct. `place` reads like `levels[1].criteria.all[2].at_least`.

    In a text that cannot be read as a document it is `line 3` or `line 3, column 5`.
    """

    place: str
    code: ProblemCode
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence, with places for the parameters: languages translate it whole."""
        if self.code is ProblemCode.TOO_LARGE:
            return LIMITS.get(self.params.get("unit", ""), ENGLISH[self.code])
        if self.code is ProblemCode.MALFORMED_YAML:
            return YAML_FLAWS.get(self.params.get("flaw", ""), ENGLISH[self.code])
        return ENGLISH[self.code]

    def __str__(self) -> str:
        message = self.sentence.format(**self.params)
        return f"{self.place}: {message}" if self.place else f"the document {message}"


def is_inside(place: str, whole: str) -> bool:
    """Return whether a place of a document is another one or inside it."""
    return not whole or place == whole or place.startswith((f"{whole}.", f"{whole}["))


class DocumentError(ValueError):
    """A rules document cannot be accepted; `problems` are all that were found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
