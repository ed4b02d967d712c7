"""A request to an endpoint in a thread of its own, tried again where that may help.

The thread hands over what comes; whoever reads waits no longer than the allowance, whatever the
endpoint does, and ends the thread and its connection.
"""

import random
import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread

from assistant.errors import EvidenceTooLongError, LanguageModelError, UnreachableModelError
from assistant.language_model.chat import chat, load_libraries
from assistant.language_model.faults import (
    Fault,
    busy_fault,
    fault_of,
    late_fault,
    library_errors,
)
from assistant.language_model.model import Allowance, Asked, ModelStoppedError, Piece
from assistant.language_model.served_model import ServedModel
from assistant.language_model.slots import Slots
from assistant.language_model.wire import Wire

_TRIES = 4
FIRST_WAIT_SECONDS = 0.5  # doubled with each try, and shortened by chance
_LOOK_SECONDS = 0.05  # how often a stop, and a free slot, are looked for
_ENDING_SECONDS = 1.0  # a thread whose connection was cut needs some thousandths


class Request:
    """One request, which begins with `pieces` and ends with `end`.

    `refused` are parameters that the endpoint is known to refuse; what it refuses now is added.
    """

    def __init__(
        self,
        served: ServedModel,
        slots: Slots,
        asked: Asked,
        allowance: Allowance,
        refused: set[str],
    ) -> None:
        self._served = served
        self._slots = slots
        self._asked = asked
        self._allowance = allowance
        self._came: SimpleQueue[Piece | Exception | None] = SimpleQueue()
        self._ended = Event()
        self._wire: Wire | None = None
        self._without = refused
        self._is_waiting = False
        self._has_written = False
        self._thread = Thread(target=self._run, name="language-model", daemon=True)

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces as they come. Raises LanguageModelError."""
        self._thread.start()
        while True:
            if self._allowance.stop.is_set():
                raise ModelStoppedError("the answer was stopped while the model was writing")
            left = self._allowance.left()
            try:
                came = self._came.get(timeout=min(left, _LOOK_SECONDS))
            except Empty:
                if not left:
                    raise LanguageModelError(self._late().message) from None
                continue
            if came is None:
                return
            if isinstance(came, Exception):
                raise came
            yield came

    def end(self) -> None:
        """Cut the connection and wait for the thread."""
        self._ended.set()
        if self._wire is not None:
            self._wire.cut()
        if self._thread.ident is not None:
            # One that looks a name up cannot be woken; it ends, and frees its slot, after that.
            self._thread.join(_ENDING_SECONDS)

    def _late(self) -> Fault:
        if self._is_waiting:
            return busy_fault(self._served, self._slots.count)
        return late_fault(self._served, self._has_written)

    def _run(self) -> None:
        """Hand over the pieces and, last, None or what went wrong, for the reader to raise."""
        try:
            load_libraries()  # some seconds the first time, in which no slot is held
            self._is_waiting = True
            with self._slots.taken(self._wait) as has_slot:
                if has_slot:
                    self._is_waiting = False
                    self._try()
        except Exception as error:  # what nobody foresaw must reach the reader, too
            self._came.put(error)
        else:
            if not self._is_over():
                self._came.put(None)

    def _try(self) -> None:
        """Ask until text has come, or no further try may help. Raises LanguageModelError."""
        for number in range(1, _TRIES + 1):
            fault = self._ask()
            while fault and fault.refused and fault.refused not in self._without:
                self._without.add(fault.refused)
                fault = self._ask()
            if fault is None or self._is_over():
                return
            wait = _wait_before_next(number, fault)
            is_last = self._has_written or not fault.passing or number == _TRIES
            if is_last or wait >= self._allowance.left():
                raise _error(fault)
            self._wait_until(time.monotonic() + wait)

    def _ask(self) -> Fault | None:
        """Ask once and hand over what comes; return what went wrong, if anything did."""
        wire = self._wire = Wire(self._served, self._allowance)
        if self._is_over():
            return None
        try:
            for piece in chat(self._served, self._asked, self._allowance, wire, self._without):
                self._has_written = True
                self._came.put(piece)
                if self._is_over():
                    return None
        except library_errors() as error:
            return fault_of(error, self._served)
        return None

    def _is_over(self) -> bool:
        """Return whether nobody waits any more."""
        return self._ended.is_set() or not self._allowance.left()

    def _wait(self) -> bool:
        """Wait a moment; return whether somebody still waits."""
        self._ended.wait(_LOOK_SECONDS)
        return not self._is_over()

    def _wait_until(self, moment: float) -> None:
        while time.monotonic() < moment and self._wait():
            pass


def _error(fault: Fault) -> LanguageModelError:
    if fault.unreachable:
        return UnreachableModelError(fault.message)
    kind = EvidenceTooLongError if fault.too_long else LanguageModelError
    return kind(fault.message)


def _wait_before_next(number: int, fault: Fault) -> float:
    """Return how many seconds to wait after so many tries: what we were told, else ever longer."""
    if fault.wait_seconds is not None:
        return fault.wait_seconds
    return float(FIRST_WAIT_SECONDS * 2 ** (number - 1) * random.uniform(0.5, 1))
