"""The built wheel, installed elsewhere and run from an empty folder, has all it needs to play the flagship."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents; its dependencies come from the environment of the tests."""
    built = tmp_path_factory.mktemp("built")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    target = tmp_path_factory.mktemp("elsewhere")
    (wheel,) = built.glob("*.whl")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(folder / "home")}
    return subprocess.run(
        [sys.executable, "-m", "incidentsim.cli", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_wheel_plays_the_flagship_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import incidentsim; print(incidentsim.__file__)"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(installed))
    listed = run(installed, tmp_path, "scenario", "list")
    assert "inc-2024-0312" in listed.stdout
    played = run(installed, tmp_path, "drill", "inc-2024-0312", "--auto", "typical", "--out", "p")
    assert played.returncode == 0, played.stderr
    assert (tmp_path / "p" / "INC-2024-0312-postmortem.md").exists()
    assert run(installed, tmp_path, "packet", "verify", "p").returncode in {0, 1}
