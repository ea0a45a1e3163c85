"""The settings as `footprint serve --help` and docs/settings.md print them."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand


class WithSettings(TyperCommand):
    """A command whose help ends with the settings that it reads from the environment."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """The settings, then the example. They are read only now: other commands need none."""
        with formatter.section("Settings, from the environment"):
            formatter.write_dl([(name, f"{says} {default}") for name, default, says in settings()])
        super().format_epilog(ctx, formatter)


def settings() -> list[tuple[str, str, str]]:
    """Each setting: its variable, its default in words, and what it does."""
    from api.settings import Settings

    return [
        (f"FOOTPRINT_{name.upper()}", _default(field), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def _default(field: Any) -> str:
    if field.default_factory is not None:
        return "Default: the platform's folder for it."
    return f"Default: {'none' if field.default is None else field.default}."
