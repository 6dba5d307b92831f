"""What is kept in the output folder: the parts, a receipt for each, and a manifest.

A part is written beside its place and renamed into it, then its receipt is. A part with a receipt is finished; any other is
done again, in the same place. So a run may be killed at any moment.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

from glossary.batch.work import Outcome, added
from glossary.documents.formats import write_file
from glossary.errors import DocumentError, UsageError

SCHEMA = "glossary/batch/1"
MANIFEST = "_manifest.json"  # readers of folders of tables pass over names that begin with _
_RECEIPTS = ".finished"


class Ledger:
    """The output folder of one run. `identity` is all that decides what the parts hold.

    Raises:
        UsageError: the folder holds another run, or something else.
        DocumentError: it cannot be written.
    """

    def __init__(self, folder: Path, identity: dict[str, Any], ending: str, *, restart: bool = False) -> None:
        self.folder, self.identity, self._ending = folder, identity, ending
        self._receipts = folder / _RECEIPTS
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if restart:
                self._clear()
            self._claim()
            self._receipts.mkdir(exist_ok=True)
            for left in (*folder.glob(".part-*.tmp"), *self._receipts.glob(".*.tmp")):
                left.unlink(missing_ok=True)
        except OSError as error:
            raise DocumentError(f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}") from None
        self._finished = self._read_receipts()

    def _claim(self) -> None:
        manifest = self.folder / MANIFEST
        if manifest.exists():
            known = json.loads(manifest.read_text("utf-8")).get("run", {})
            for key, value in self.identity.items():
                if known.get(key) != value:
                    raise UsageError(f"{self.folder}: holds another run ({key} differs); name another folder, or use --restart")
            return
        if any(self.folder.iterdir()):
            raise UsageError(f"{self.folder}: holds other files; name a new or empty folder")
        self.write_manifest("running", {})

    def _clear(self) -> None:
        if not (self.folder / MANIFEST).exists():
            return
        for path in (*self.folder.glob("part-*"), *self._receipts.glob("part-*.json"), self.folder / MANIFEST):
            path.unlink(missing_ok=True)
        if self._receipts.exists():
            self._receipts.rmdir()

    def _read_receipts(self) -> dict[int, dict[str, Any]]:
        found = {}
        for path in self._receipts.glob("part-*.json"):
            receipt = json.loads(path.read_text("utf-8"))
            part = self.folder / receipt["file"]
            if part.exists() and part.stat().st_size == receipt["bytes"]:
                found[int(path.stem[5:])] = receipt
        return found

    def __contains__(self, number: int) -> bool:
        return number in self._finished

    def __len__(self) -> int:
        return len(self._finished)

    def keep(self, number: int, source: Path, outcome: Outcome) -> None:
        """Write a part and its receipt.

        Raises:
            DocumentError: it cannot be written; what is finished stays.
        """
        name = f"part-{number:06}{self._ending}"
        receipt = {"file": name, "source": source.name, "bytes": len(outcome.data), "counts": outcome.counts, "sums": outcome.sums}
        write_file(self.folder / name, outcome.data)
        write_file(self._receipts / f"part-{number:06}.json", json.dumps(receipt).encode())
        self._finished[number] = receipt

    def counts(self) -> dict[str, int]:
        """The counts of all finished parts together."""
        total: Counter[str] = Counter()
        for receipt in self._finished.values():
            total.update(receipt["counts"])
        return dict(total)

    def sums(self) -> dict[str, tuple[list[float], list[float]]]:
        """The statistics of scoring of all finished parts together."""
        total: dict[str, tuple[list[float], list[float]]] = {}
        for _, receipt in sorted(self._finished.items()):
            total = added(total, {name: (before, after) for name, (before, after) in receipt["sums"].items()})
        return total

    def write_manifest(self, state: str, more: dict[str, Any]) -> dict[str, Any]:
        """Write the manifest, and give what it holds."""
        manifest = {"schema": SCHEMA, "state": state, "run": self.identity, **more}
        write_file(self.folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")
        return manifest

    def forget_from(self, number: int) -> None:
        """Take away parts that the input no longer has: from this number on."""
        for beyond in [each for each in self._finished if each >= number]:
            os.unlink(self.folder / self._finished.pop(beyond)["file"])
            os.unlink(self._receipts / f"part-{beyond:06}.json")
