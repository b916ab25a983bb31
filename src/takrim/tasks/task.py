"""A task: a function that may be called later, in the shape of Django's own tasks API."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Concatenate, Generic, Literal, ParamSpec, TypeVar, overload

from django.utils.functional import Promise

from takrim.tasks import actions
from takrim.tasks.result import Context, TaskResult

P = ParamSpec("P")
R = TypeVar("R")

TASKS: dict[str, Task[..., Any]] = {}

LEASE = timedelta(seconds=30)
WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=6)


class UnknownTask(LookupError):
    """A row names a task that this version of the code does not have."""


@dataclass(frozen=True, kw_only=True)
class Task(Generic[P, R]):
    """What `@task` makes of a function. Arguments and results must be such as JSON can hold.

    Every task takes `now` by name. Enqueueing gives it the moment of the call, and the worker the moment of the run:
    `send.enqueue(5, now=now)`.
    """

    func: Callable[..., R]
    name: str
    title: str | Promise = ""
    takes_context: bool = False
    priority: int = 0
    queue_name: str = "default"
    run_after: datetime | None = None
    key: str = ""
    attempts: int = 5
    wait: timedelta = WAIT
    lease: timedelta = LEASE

    def using(
        self,
        *,
        priority: int | None = None,
        queue_name: str | None = None,
        run_after: datetime | None = None,
        key: str | None = None,
    ) -> Task[P, R]:
        """The same task with other settings for one call. Of one `key`, only one waits or runs at a time."""
        return replace(
            self,
            priority=self.priority if priority is None else priority,
            queue_name=queue_name or self.queue_name,
            run_after=run_after or self.run_after,
            key=self.key if key is None else key,
        )

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> TaskResult:
        """Let a worker call the function once the caller's transaction has committed; a rollback takes it back."""
        now = kwargs.get("now")
        if not isinstance(now, datetime):
            raise TypeError(f"{self.name}.enqueue needs now=")
        row = actions.enqueue(
            task=self.name,
            args=list(args),
            kwargs={name: value for name, value in kwargs.items() if name != "now"},
            priority=self.priority,
            queue=self.queue_name,
            run_at=self.run_after or now,
            key=self.key,
            most_attempts=self.attempts,
            now=now,
        )
        return TaskResult(row)

    def call(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the function here and now."""
        if self.takes_context:
            return self.func(Context(None), *args, **kwargs)
        return self.func(*args, **kwargs)

    def get_result(self, result_id: int) -> TaskResult:
        """The result of an earlier call, by its number; LookupError when there is none of this task."""
        return TaskResult.of(result_id, self.name)

    def pause(self, attempt: int, salt: int) -> timedelta:
        """How long to wait after a failed attempt: doubling, with a spread that can be computed again."""
        spread = 1 + (salt * 2654435761 + attempt * 40503) % 1000 / 4000
        return min(self.wait * (1 << min(attempt - 1, 16)), LONGEST_WAIT) * spread


@overload
def task(function: Callable[P, R], /) -> Task[P, R]: ...
@overload
def task(
    *,
    takes_context: Literal[True],
    title: str | Promise = "",
    priority: int = 0,
    queue_name: str = "default",
    attempts: int = 5,
    wait: timedelta = WAIT,
    lease: timedelta = LEASE,
) -> Callable[[Callable[Concatenate[Context, P], R]], Task[P, R]]: ...
@overload
def task(
    *,
    takes_context: Literal[False] = False,
    title: str | Promise = "",
    priority: int = 0,
    queue_name: str = "default",
    attempts: int = 5,
    wait: timedelta = WAIT,
    lease: timedelta = LEASE,
) -> Callable[[Callable[P, R]], Task[P, R]]: ...
def task(function: Callable[..., Any] | None = None, /, **settings: Any) -> Any:
    """Make a module-level function a task; its name is `module.function` and names waiting rows, so keep it."""

    def make(func: Callable[..., Any]) -> Task[..., Any]:
        if "now" not in inspect.signature(func).parameters:
            raise TypeError(f"{func.__qualname__} must take now=")
        made: Task[..., Any] = Task(func=func, name=f"{func.__module__}.{func.__qualname__}", **settings)
        TASKS[made.name] = made
        return made

    return make(function) if function else make


def find(name: str) -> Task[..., Any]:
    """The task of that name, its module imported if need be."""
    if name not in TASKS and name.startswith("takrim."):
        module = name.rpartition(".")[0]
        try:
            importlib.import_module(module)
        except ModuleNotFoundError as error:
            if not module.startswith(error.name or "?"):
                raise
    if name not in TASKS:
        raise UnknownTask(name)
    return TASKS[name]
