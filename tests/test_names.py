"""Our import names are ordinary words: no other distribution may provide them, nor ui/ ours."""

import sys
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ["assistant", "corpus", "index", "ui"]
DATA = (".css", ".j2", ".js", ".json", ".jsonl", ".toml", ".tsv")


@pytest.mark.parametrize("name", OURS)
def test_no_other_installed_distribution_provides_our_import_name(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"rare-earth-assistant"}


@pytest.mark.parametrize("name", OURS)
def test_our_import_name_is_not_of_the_standard_library(name: str) -> None:
    assert name not in sys.stdlib_module_names


def test_packages_are_listed_by_name_and_stand_in_the_checkout() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["setuptools"]["packages"]
    assert {package.split(".")[0] for package in packages} == set(OURS)
    inside = {
        str(file.parent.relative_to(ROOT)).replace("/", ".")
        for name in OURS
        for file in (ROOT / name).rglob("__init__.py")
    }
    assert set(packages) >= inside
    assert all((ROOT / package.replace(".", "/")).is_dir() for package in packages)


@pytest.mark.parametrize("name", OURS)
def test_data_beside_the_modules_are_listed_to_be_installed(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"].get(name, [])
    listed = {file for pattern in patterns for file in (ROOT / name).glob(pattern)}
    data = {file for file in (ROOT / name).rglob("*.*") if file.suffix in DATA}
    assert data - listed == set()


def test_nothing_directly_in_ui_hides_another_module() -> None:
    # Streamlit puts ui/ first on the import path.
    inside = {
        entry.stem
        for entry in (ROOT / "ui").iterdir()
        if (entry.suffix == ".py" or entry.is_dir()) and not entry.name.startswith((".", "__"))
    }
    others = {name for name in packages_distributions() if name not in OURS}
    assert inside & ({*OURS, *sys.stdlib_module_names} | others) == set()


def test_the_distribution_of_this_checkout_is_installed() -> None:
    assert distribution("rare-earth-assistant").metadata["Name"] == "rare-earth-assistant"
