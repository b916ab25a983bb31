"""What became of a call: its status, attempts, errors and progress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from takrim.tasks import actions
from takrim.tasks.models import Status, Work


@dataclass(frozen=True)
class TaskError:
    """One failed attempt: what kind of error and where. Its message is not kept, as it may hold personal data."""

    at: datetime
    exception_class_path: str
    traceback: str


@dataclass
class TaskResult:
    """One call of a task, as pages and callers see it. `refresh()` reads it again."""

    row: Work

    @classmethod
    def of(cls, result_id: int, task: str) -> TaskResult:
        row = Work.objects.filter(pk=result_id, task=task).first()
        if row is None:
            raise LookupError(f"{task} {result_id}")
        return cls(row)

    def refresh(self) -> None:
        self.row = Work.objects.get(pk=self.row.pk)

    @property
    def id(self) -> int:
        return self.row.pk

    @property
    def status(self) -> Status:
        return Status(self.row.status)

    @property
    def is_finished(self) -> bool:
        return self.row.finished_at is not None

    @property
    def attempts(self) -> int:
        return self.row.attempts

    @property
    def errors(self) -> list[TaskError]:
        return [
            TaskError(datetime.fromisoformat(error["at"]), error["class"], error["where"]) for error in self.row.errors
        ]

    @property
    def return_value(self) -> Any:
        """What the function returned; a call that has not succeeded has none."""
        if self.status is not Status.SUCCESSFUL:
            raise ValueError("The task has not succeeded.")
        return self.row.result


@dataclass(frozen=True)
class Context:
    """What a task made with `takes_context=True` is given first. Without a row (a direct call) it keeps nothing."""

    row: Work | None

    @property
    def attempt(self) -> int:
        return self.row.attempts if self.row else 1

    def progress(self, done: int, total: int | None = None, note: str = "") -> None:
        """Say how far the work has come; pages show it. Call it outside a long transaction to be seen at once."""
        if self.row:
            actions.progress(row=self.row, done=done, total=total, note=note)
