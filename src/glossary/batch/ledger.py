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
        self._finished: set[int] = set()  # of a billion rows there may be a million parts: what is told of them stays on disk
        self._counts: Counter[str] = Counter()
        self._read_receipts()

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

    def _read_receipts(self) -> None:
        for path in self._receipts.glob("part-*.json"):
            number = int(path.stem[5:])
            receipt = self._receipt(number)
            part = self.folder / receipt["file"]
            if part.exists() and part.stat().st_size == receipt["bytes"]:
                self._finished.add(number)
                self._counts.update(receipt["counts"])

    def _receipt(self, number: int) -> dict[str, Any]:
        receipt: dict[str, Any] = json.loads(self._receipt_path(number).read_text("utf-8"))
        return receipt

    def _receipt_path(self, number: int) -> Path:
        return self._receipts / f"part-{number:06}.json"

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
        write_file(self._receipt_path(number), json.dumps(receipt).encode())
        self._finished.add(number)
        self._counts.update(outcome.counts)

    def counts(self) -> dict[str, int]:
        """The counts of all finished parts together."""
        return dict(self._counts)

    def sums(self) -> dict[str, tuple[list[float], list[float]]]:
        """The statistics of scoring of all finished parts together."""
        total: dict[str, tuple[list[float], list[float]]] = {}
        for number in sorted(self._finished):
            total = added(total, {name: (before, after) for name, (before, after) in self._receipt(number)["sums"].items()})
        return total

    def write_manifest(self, state: str, more: dict[str, Any]) -> dict[str, Any]:
        """Write the manifest, and give what it holds."""
        manifest = {"schema": SCHEMA, "state": state, "run": self.identity, **more}
        write_file(self.folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")
        return manifest

    def forget_from(self, number: int) -> None:
        """Take away parts that the input no longer has: from this number on."""
        for beyond in [each for each in self._finished if each >= number]:
            receipt = self._receipt(beyond)
            os.unlink(self.folder / receipt["file"])
            os.unlink(self._receipt_path(beyond))
            self._finished.remove(beyond)
            self._counts.subtract(receipt["counts"])
