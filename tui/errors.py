"""What happens when a screen fails unexpectedly: it closes, and nothing of what people typed is shown.

Textual's own answer is a traceback with local variables, a PIN among them, and exit code 0. The three methods that
are overridden are private in Textual 8; a test says that they exist and are called.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.app import App
from textual.worker import WorkerFailed

UNEXPECTED = 70
"""Return code of an app that failed unexpectedly (EX_SOFTWARE of sysexits.h)."""
GONE = 74
"""Return code when the terminal, or what watches over the app, has gone (EX_IOERR): nothing can start it anew."""
ResultT = TypeVar("ResultT")


class QuietErrors(App[ResultT], Generic[ResultT]):
    """An app whose unexpected errors go to ``report`` alone, never to the terminal."""

    report: Callable[[BaseException], None] | None = None
    """Told of the first unexpected error, to log its type and place. Its message may hold what a person typed."""
    failure_code = UNEXPECTED
    """Return code after an unexpected error."""

    def _handle_exception(self, error: Exception) -> None:
        """Close the app; the first error is reported and kept for whoever awaits the app.

        A worker's error comes wrapped in one without a place; what is reported is the error itself.
        """
        self._return_code = self.failure_code
        if self._exception is None:
            inner = error.error if isinstance(error, WorkerFailed) else error
            self._exception = inner if isinstance(inner, Exception) else error
            self._exception_event.set()
            if self.report is not None:
                self.report(inner)
        self._close_messages_no_wait()

    def panic(self, *_renderables: object) -> None:
        """Close the app and print nothing."""
        self._return_code = self.failure_code
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print nothing."""
        self._exit_renderables.clear()
