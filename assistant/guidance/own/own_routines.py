"""The person's own routines beside the built-in ones: those that were made by voice, and those from files."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.guidance.schema import Guidance, Movement, Routine
from intents.grammar.open_sentences import KnownNames

Clash = Callable[[str], str | None]
"""Tells what a name for a routine already means when it is said; None: nothing."""
MOST_ROUTINES = 20
"""Most routines that are made by voice: more are not remembered, nor told apart by their names."""
MOST_STEPS = 12
"""Most movements of a routine that is made by voice."""


@dataclass(frozen=True, slots=True)
class OwnRoutines:
    """The own routines of one person. The key of each is its name, in words of one spelling: "desk break"."""

    spoken: tuple[Routine, ...] = ()
    """Those made by voice, in the order in which they were made."""
    written: tuple[Routine, ...] = ()
    """Those from files, which no voice changes."""
    movements: tuple[Movement, ...] = ()
    """The movements that those files bring."""
    last: str | None = None
    """Key of the one made or changed last in this run, which "it" stands for; None: none was."""

    gone: tuple[str, ...] = ()
    """Keys that were there in this run, and were taken back, deleted or renamed: they are still understood."""
    unusable: tuple[str, ...] = ()
    """The names of the files that cannot be used."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all."""
        return tuple(routine.key for routine in (*self.spoken, *self.written))

    @property
    def known(self) -> KnownNames:
        """What a reader must know to understand sentences with these names."""
        return KnownNames(self.names, self.last, tuple(key for key in self.gone if key not in self.names))

    def spoken_one(self, key: str) -> Routine | None:
        """The routine made by voice with a key; None: there is none."""
        return next((routine for routine in self.spoken if routine.key == key), None)

    def with_spoken(self, routine: Routine, key: str | None = None) -> "OwnRoutines":
        """With a routine made by voice, in place of the one with `key` (None: its own key), or as the last."""
        old = routine.key if key is None else key
        known = self.spoken_one(old) is not None
        changed = tuple(routine if each.key == old else each for each in self.spoken)
        return replace(self._without(old), spoken=changed if known else (*changed, routine), last=routine.key)

    def with_file(self, routine: Routine, movements: tuple[Movement, ...], *, by_voice: bool) -> "OwnRoutines":
        """With a routine from a file. `by_voice`: whether it was made by voice, which may then change it."""
        added = replace(self, movements=(*self.movements, *movements))
        if by_voice:
            return replace(added, spoken=(*self.spoken, routine))
        return replace(added, written=(*self.written, routine))

    def without_spoken(self, key: str) -> "OwnRoutines":
        """Without a routine made by voice."""
        return replace(self._without(key), spoken=tuple(each for each in self.spoken if each.key != key), last=None)

    def _without(self, *keys: str) -> "OwnRoutines":
        """With these keys among those that were there: those that are still there are known in any case."""
        return replace(self, gone=tuple(dict.fromkeys((*self.gone, *keys)))[-MOST_ROUTINES:])

    def with_all_spoken(self, spoken: tuple[Routine, ...]) -> "OwnRoutines":
        """With others made by voice, as they were before a change."""
        last = self.last if any(each.key == self.last for each in spoken) else None
        return replace(self._without(*self.names), spoken=spoken, last=last)

    def read_anew(self, files: "OwnRoutines", before: tuple[Routine, ...]) -> "OwnRoutines":
        """With what the files hold now; what was made, changed or deleted by voice and is in no file yet stays so.

        `before`: the routines made by voice as the files held them until now. Movements that are gone stay known in
        this run, since a routine that is being made may hold them.
        """
        held = {routine.key: routine for routine in before}
        holds = {routine.key: routine for routine in files.spoken}
        kept = [each if held.get(each.key) != each else holds.get(each.key) for each in self.spoken]
        spoken = [each for each in kept if each is not None]
        mine = {each.key for each in self.spoken}
        spoken += [each for each in files.spoken if each.key not in mine and held.get(each.key) != each]
        keys = {each.key for each in spoken}
        written = tuple(each for each in files.written if each.key not in keys)
        new = {movement.key for movement in files.movements}
        movements = (*files.movements, *(movement for movement in self.movements if movement.key not in new))
        there = keys | {each.key for each in written}
        return replace(
            self._without(*(name for name in self.names if name not in there)),
            spoken=tuple(spoken),
            written=written,
            movements=movements,
            last=self.last if self.last in there else None,
            unusable=files.unusable,
        )

    def added_to(self, guidance: Guidance) -> Guidance:
        """The guidance with these routines, before the built-in ones, and their movements."""
        if not (self.spoken or self.written or self.movements):
            return guidance
        routines = {routine.key: routine for routine in (*self.spoken, *self.written)}
        movements = {movement.key: movement for movement in self.movements}
        update = {"routines": {**routines, **guidance.routines}, "movements": {**guidance.movements, **movements}}
        return guidance.model_copy(update=update)
