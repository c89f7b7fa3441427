"""What holds for the files that tools read: make, locks, continuous integration."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-freeze.lock")


def parsed(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def make_targets() -> set[str]:
    text = (ROOT / "Makefile").read_text("utf-8")
    return set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return dict(found)


def job() -> Any:
    (found,) = parsed(".github/workflows/ci.yml")["jobs"].values()
    return found


def test_ci_calls_make_on_three_systems_and_linux_must_pass_all_tests() -> None:
    runs = {row["os"].partition("-")[0]: row for row in job()["strategy"]["matrix"]["include"]}
    assert set(runs) == {"ubuntu", "windows", "macos"}
    assert runs["ubuntu"]["targets"] == "test"
    assert runs["ubuntu"]["required"] is True
    for row in runs.values():
        assert set(row["targets"].split()) <= make_targets()
    assert [step["run"] for step in job()["steps"] if "run" in step] == [
        "make ${{ matrix.targets }}"
    ]


def test_ci_may_read_only_and_uses_github_s_own_actions() -> None:
    workflow = parsed(".github/workflows/ci.yml")
    assert workflow["permissions"] == {"contents": "read"}
    # YAML takes the key `on` for true.
    assert set(workflow[True]) == {"push", "pull_request"}
    used = [step["uses"] for step in job()["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    versions = [step["with"]["python-version"] for step in job()["steps"] if "with" in step]
    assert [f">={version}" for version in versions] == [project["requires-python"]]


def test_pre_commit_runs_the_lint_and_fetches_nothing() -> None:
    (repository,) = parsed(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    (hook,) = repository["hooks"]
    assert hook["language"] == "system"
    _, script = hook["entry"].split()
    assert (ROOT / script).is_file()
    assert f"sh {script}" in (ROOT / "Makefile").read_text("utf-8")


def test_every_make_target_is_explained() -> None:
    text = (ROOT / "docs/development.md").read_text("utf-8")
    for target in make_targets():
        assert f"`make {target}`" in text, target


def test_make_starts_scripts_by_a_shell_which_windows_needs() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    assert re.findall(r"@(?!sh )scripts/\S+", text) == []


def test_the_locks_agree_where_they_pin_the_same() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in pins(lock).items():
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_what_builds_for_users_is_not_in_the_environment_of_development() -> None:
    assert "pyinstaller" in pins("requirements-freeze.lock")
    assert "pyinstaller" not in pins("requirements-dev.lock")
