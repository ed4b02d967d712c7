"""Packages that add to the program: the examples installed by pip, others written on the spot."""

import shutil
import subprocess
import sys
from pathlib import Path

from processes import ROOT

EXAMPLES = ROOT / "examples" / "plugins"


def install_example(name: str, folder: Path) -> Path:
    """Install an example package into a folder, without a network; return the folder."""
    source = shutil.copytree(EXAMPLES / name, folder.parent / f"{folder.name}-{name}")
    options = "--quiet --no-deps --no-index --no-build-isolation --disable-pip-version-check"
    command = [sys.executable, "-m", "pip", "install", *options.split(), "--target", folder, source]
    subprocess.run(command, check=True)
    return folder


def write_package(folder: Path, name: str, group: str, entry: str, code: str = "") -> Path:
    """Write an installed package with one module and one entry point `NAME = attribute`."""
    module = name.replace("-", "_")
    told = folder / f"{module}-1.5.dist-info"
    told.mkdir(parents=True)
    adds, attribute = entry.split(" = ")
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.5\n")
    (told / "entry_points.txt").write_text(f"[rare_earth.{group}]\n{adds} = {module}:{attribute}\n")
    (folder / f"{module}.py").write_text(code, encoding="utf-8")
    return folder
