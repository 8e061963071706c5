"""The two kinds of model in the document: what a player may be shown, and what is secret."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_serializer


class Model(BaseModel):
    """A frozen part of the document. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SecretLeakError(RuntimeError):
    """Something tried to serialise a part of the document that a player may not know."""


class SecretModel(Model):
    """A part of the document that no player may know before play is over.

    It refuses to be serialised and redacts itself in *repr* and *str*, so that it cannot reach a
    screen, a log or a wire by accident. Code that may know it reads its attributes.
    """

    @model_serializer(mode="plain")
    def _refuse(self) -> dict[str, Any]:
        raise SecretLeakError(f"{type(self).__name__} is secret and cannot be serialised")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: secret>"

    def __str__(self) -> str:
        return repr(self)

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __rich_repr__(self) -> Any:
        yield "secret"
