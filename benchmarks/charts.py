"""The charts of a record: whole processes side by side, and growth. SVG, for docs/scale.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def draw(record: dict[str, Any], folder: Path) -> list[Path]:
    """Draw what the record holds, and give the files."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "glossary"
    import matplotlib.pyplot as plt

    folder.mkdir(parents=True, exist_ok=True)
    made = []
    if "processes" in record:
        rows = [row for row in record["processes"] if row["input"] == "10 MB"]
        figure, axes = plt.subplots(figsize=(7, 2.6), layout="constrained")
        axes.barh([row["tool"] for row in rows][::-1], [row["processor_s"] for row in rows][::-1], color="#4477aa")
        axes.set_xlabel("processor seconds for 10 MB, 10,000 entries each")
        made.append(_saved(figure, folder / "speed-processes.svg"))
    if "growth" in record:
        figure, grid = plt.subplots(2, 2, figsize=(7, 4.6), layout="constrained")
        for column, (what, key, label) in enumerate((("text", "megabytes", "MB of text"), ("terms", "renderings", "renderings"))):
            rows = [row for row in record["growth"] if row["grows"] == what]
            places = [row[key] for row in rows]
            grid[0][column].plot(places, [row["check_s"] for row in rows], marker="o", label="check")
            grid[0][column].plot(places, [row["load_s"] for row in rows], marker="s", label="load")
            grid[0][column].set_ylabel("processor seconds")
            grid[0][column].legend()
            grid[1][column].plot(places, [row["memory_mib"] for row in rows], marker="o", color="#aa3377")
            grid[1][column].set_ylabel("peak MiB")
            for axes in grid[:, column]:
                axes.set_xlabel(label)
                axes.set_ylim(bottom=0)
        made.append(_saved(figure, folder / "speed-growth.svg"))
    return made


def _saved(figure: Any, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None})
    return path
