"""Filling slots by augmenting paths, within caps that nest.

The network runs from a source through each person's caps, from the outermost inward, to the slots.
A path is looked for backward: from an empty slot to whoever can give it a person.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from accreditation.criteria.allocation.nests import Nest

Seats = Mapping[str, str]
"""The person in each slot."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A person who must have at least one slot of a program."""

    person: str
    program: str


@dataclass(frozen=True, slots=True)
class Question:
    """Whether every slot can have one of its candidates, within the nests, and everybody stay.

    The order of slots and candidates decides nothing but which of several answers is found.
    """

    candidates: Mapping[str, tuple[str, ...]]
    programs: Mapping[str, str]
    nests: Mapping[str, Nest]
    stays: tuple[Stay, ...] = ()


@dataclass(eq=False, slots=True)
class Cap:
    """A cap of one person: `load` of the slots inside are taken, `seated` those directly here."""

    person: str
    cap: int
    parent: "Cap | None" = None
    least: int = 0
    load: int = 0
    seated: dict[str, None] = field(default_factory=dict)
    children: list["Cap"] = field(default_factory=list)

    def gives_up(self) -> Iterator["str | Cap"]:
        """Yield what inside may lose one."""
        yield from self.seated
        yield from (child for child in self.children if child.load > child.least)


Tree = tuple[list[Cap], Mapping[str, int]]
"""The caps of one person, and by slot the position of the innermost."""


class Flow:
    """One filling in the making."""

    def __init__(self, question: Question) -> None:
        self.seats: dict[str, str] = {}
        self.deficient: dict[str, None] = {}
        """The slots that compete for too few people; complete once `fill` has failed."""
        self._question = question
        self._source = Cap(person="", cap=0)
        self._caps: dict[str, Tree] = {}

    def fill(self, hint: Seats) -> bool:
        """Fill what can be filled, starting from a hint; return whether this is everything."""
        if not self._let_stay(hint):
            return False
        self._follow(hint)
        for slot in self._question.candidates:
            if slot not in self.seats:
                self._augment(slot)
        return len(self.seats) == len(self._question.candidates)

    def _let_stay(self, hint: Seats) -> bool:
        """Give everybody who must stay a slot that only they can pass on."""
        for stay in self._question.stays:
            if not self._place(stay, hint, set()):
                return False
        for slot, person in self.seats.items():
            self._sit(slot, person)
        for stay in self._question.stays:
            self._program_cap(stay).least = 1
        # A person may have to stay in more programs than they can serve.
        caps = (cap for stay in self._question.stays for cap in self._tree(stay.person))
        return all(cap.load <= cap.cap for cap in caps)

    def _place(self, stay: Stay, hint: Seats, tried: set[str]) -> bool:
        question = self._question
        options = [
            slot
            for slot, people in question.candidates.items()
            if question.programs[slot] == stay.program and stay.person in people
        ]
        for slot in sorted(options, key=lambda one: hint.get(one) != stay.person):
            if slot in tried:
                continue
            tried.add(slot)
            holder = self.seats.get(slot)
            if holder is None or self._place(Stay(holder, stay.program), hint, tried):
                self.seats[slot] = stay.person
                return True
        return False

    def _follow(self, hint: Seats) -> None:
        for slot, person in hint.items():
            free = slot not in self.seats and person in self._question.candidates.get(slot, ())
            if free and all(cap.load < cap.cap for cap in self._around(slot, person)):
                self._sit(slot, person)

    def _sit(self, slot: str, person: str) -> None:
        self.seats[slot] = person
        self._inner(slot, person).seated[slot] = None
        for cap in self._around(slot, person):
            cap.load += 1

    def _augment(self, slot: str) -> None:
        takers: dict[str | Cap, str | Cap | None] = {slot: None}
        queue: deque[str | Cap] = deque(takers)
        while queue:
            taker = queue.popleft()
            for giver in self._givers(taker):
                if giver is self._source:
                    self._pass_on(takers, taker)
                    return
                if giver not in takers:
                    takers[giver] = taker
                    queue.append(giver)
        self.deficient.update((one, None) for one in takers if isinstance(one, str))

    def _givers(self, taker: "str | Cap") -> Iterator["str | Cap"]:
        """Yield who can give one more: to a slot a person, to a cap its parent or an own slot."""
        if isinstance(taker, str):
            holder = self.seats.get(taker)
            for person in self._question.candidates[taker]:
                if person != holder:
                    yield self._inner(taker, person)
            return
        if taker.load < taker.cap:
            yield taker.parent or self._source
        yield from taker.gives_up()

    def _pass_on(self, takers: Mapping[str | Cap, str | Cap | None], first: "str | Cap") -> None:
        """Move one unit along the path that ends with a cap that has room."""
        giver: str | Cap = self._source
        taker: str | Cap | None = first
        while taker is not None:
            if isinstance(taker, str):
                assert isinstance(giver, Cap)
                self.seats[taker] = giver.person
                giver.seated[taker] = None
            elif isinstance(giver, str):
                del taker.seated[giver]
            elif giver is (taker.parent or self._source):
                taker.load += 1
            else:
                giver.load -= 1
            giver, taker = taker, takers[taker]

    def _around(self, slot: str, person: str) -> Iterator[Cap]:
        cap: Cap | None = self._inner(slot, person)
        while cap is not None:
            yield cap
            cap = cap.parent

    def _inner(self, slot: str, person: str) -> Cap:
        caps, inner = self._caps.get(person) or self._grow(person)
        return caps[inner[slot]]

    def _program_cap(self, stay: Stay) -> Cap:
        number = self._question.nests[stay.person].programs[stay.program]
        return self._tree(stay.person)[number]

    def _tree(self, person: str) -> list[Cap]:
        """Return the caps of a person, made when first asked for."""
        return (self._caps.get(person) or self._grow(person))[0]

    def _grow(self, person: str) -> "Tree":
        nest, caps = self._question.nests[person], list[Cap]()
        for cap, parent in zip(nest.caps, nest.parents, strict=True):
            outer = caps[parent] if parent >= 0 else None
            caps.append(Cap(person, cap, outer))
            if outer is not None:
                outer.children.append(caps[-1])
        tree = self._caps[person] = caps, nest.inner
        return tree
