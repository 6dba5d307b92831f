"""glossary: finds garbled literal translations in English news copy, fixes them, and measures the gain.

    >>> import glossary
    >>> termbase = glossary.load()
    >>> glossary.fix("He is secretary of the politics and law committee.", termbase).after
    'He is secretary of the Political and Legal Affairs Commission.'

Text in, values out: nothing here prints or keeps state. The names below are loaded when they are first used, so that a
check does not pay for scoring.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from glossary.version import VERSION as __version__

if TYPE_CHECKING:
    from glossary.baseline import Baseline
    from glossary.baseline import read as read_baseline
    from glossary.baseline import write as write_baseline
    from glossary.batch.run import Progress as BatchProgress
    from glossary.batch.run import run_batch
    from glossary.batch.work import Task as BatchTask
    from glossary.batch.work import Terms as BatchTerms
    from glossary.changes import Changes
    from glossary.checker import check, check_document
    from glossary.chinese import simplified
    from glossary.config import Config
    from glossary.config import load as load_config
    from glossary.detectors.rule import Rule
    from glossary.detectors.rules import rules
    from glossary.documents.document import Document
    from glossary.documents.formats import find as find_documents
    from glossary.documents.formats import parse as parse_document
    from glossary.documents.formats import read as read_document
    from glossary.documents.formats import write_file
    from glossary.documents.tracking import Tracking
    from glossary.editlog import EditLog, edit_values, revert, state_of
    from glossary.edits import Edit, Revision, Skipped
    from glossary.errors import DocumentError, GlossaryError, TermBaseError, UsageError
    from glossary.findings import Finding, Origin, Safety, Severity
    from glossary.fixer import fix, fix_document
    from glossary.frames import check_frame, fix_frame
    from glossary.ignore_list import add_ignored
    from glossary.linting.linter import lint
    from glossary.matching.cache import matcher_from_files
    from glossary.matching.matcher import Matcher
    from glossary.matching.search import search as search_terms
    from glossary.matching.source import SourceTerm, source_terms
    from glossary.mining import Candidate, mine
    from glossary.mining import Texts as MinedTexts
    from glossary.review import Kind, Review
    from glossary.runner import check_files
    from glossary.scoring import Article, Scores, published_article, read_articles, score, score_articles, score_frame
    from glossary.settings import Settings
    from glossary.termbase.concept import COLUMNS as TERM_COLUMNS
    from glossary.termbase.concept import Concept
    from glossary.termbase.csv_file import insert as insert_term
    from glossary.termbase.difference import Difference
    from glossary.termbase.difference import difference as diff_terms
    from glossary.termbase.exchange import garble as escape_garble
    from glossary.termbase.exchange import new_id as new_term_id
    from glossary.termbase.files import FORMATS as TERM_FORMATS
    from glossary.termbase.files import dumps as dump_terms
    from glossary.termbase.files import format_of as term_format
    from glossary.termbase.files import load
    from glossary.termbase.files import parse as parse_terms
    from glossary.termbase.merging import merge as merge_terms
    from glossary.termbase.termbase import Piece, TermBase
    from glossary.termbase.wordings import garbles_of

_HOMES = {
    "BatchProgress": "batch.run:Progress", "BatchTask": "batch.work:Task", "BatchTerms": "batch.work:Terms", "run_batch": "batch.run",
    "check_frame": "frames", "fix_frame": "frames",
    "check": "checker", "check_document": "checker",
    "Baseline": "baseline", "read_baseline": "baseline:read", "write_baseline": "baseline:write",
    "Changes": "changes", "Config": "config", "load_config": "config:load",
    "Rule": "detectors.rule", "rules": "detectors.rules",
    "Document": "documents.document", "Tracking": "documents.tracking",
    "EditLog": "editlog", "edit_values": "editlog", "revert": "editlog", "state_of": "editlog",
    "add_ignored": "ignore_list", "Kind": "review", "Review": "review",
    "parse_document": "documents.formats:parse", "read_document": "documents.formats:read",
    "find_documents": "documents.formats:find", "write_file": "documents.formats",
    "DocumentError": "errors", "GlossaryError": "errors", "TermBaseError": "errors", "UsageError": "errors",
    "Edit": "edits", "Revision": "edits", "Skipped": "edits",
    "Finding": "findings", "Origin": "findings", "Safety": "findings", "Severity": "findings",
    "fix": "fixer", "fix_document": "fixer",
    "lint": "linting.linter",
    "matcher_from_files": "matching.cache", "Matcher": "matching.matcher",
    "SourceTerm": "matching.source", "source_terms": "matching.source",
    "Article": "scoring", "Scores": "scoring", "read_articles": "scoring", "score": "scoring", "score_articles": "scoring",
    "score_frame": "scoring", "published_article": "scoring",
    "check_files": "runner",
    "Settings": "settings",
    "Concept": "termbase.concept", "TermBase": "termbase.termbase", "Piece": "termbase.termbase",
    "TERM_COLUMNS": "termbase.concept:COLUMNS",
    "load": "termbase.files",
    "TERM_FORMATS": "termbase.files:FORMATS", "dump_terms": "termbase.files:dumps", "parse_terms": "termbase.files:parse",
    "term_format": "termbase.files:format_of", "merge_terms": "termbase.merging:merge", "garbles_of": "termbase.wordings",
    "insert_term": "termbase.csv_file:insert", "Difference": "termbase.difference", "diff_terms": "termbase.difference:difference",
    "Candidate": "mining", "mine": "mining", "MinedTexts": "mining:Texts", "escape_garble": "termbase.exchange:garble",
    "new_term_id": "termbase.exchange:new_id", "search_terms": "matching.search:search", "simplified": "chinese",
}  # fmt: skip

__all__ = [
    "TERM_COLUMNS",
    "TERM_FORMATS",
    "Article",
    "Baseline",
    "BatchProgress",
    "BatchTask",
    "BatchTerms",
    "Candidate",
    "Changes",
    "Concept",
    "Config",
    "Difference",
    "Document",
    "DocumentError",
    "Edit",
    "EditLog",
    "Finding",
    "GlossaryError",
    "Kind",
    "Matcher",
    "MinedTexts",
    "Origin",
    "Piece",
    "Review",
    "Revision",
    "Rule",
    "Safety",
    "Scores",
    "Settings",
    "Severity",
    "Skipped",
    "SourceTerm",
    "TermBase",
    "TermBaseError",
    "Tracking",
    "UsageError",
    "__version__",
    "add_ignored",
    "check",
    "check_document",
    "check_files",
    "check_frame",
    "diff_terms",
    "dump_terms",
    "edit_values",
    "escape_garble",
    "find_documents",
    "fix",
    "fix_document",
    "fix_frame",
    "garbles_of",
    "insert_term",
    "lint",
    "load",
    "load_config",
    "matcher_from_files",
    "merge_terms",
    "mine",
    "new_term_id",
    "parse_document",
    "parse_terms",
    "published_article",
    "read_articles",
    "read_baseline",
    "read_document",
    "revert",
    "rules",
    "run_batch",
    "score",
    "score_articles",
    "score_frame",
    "search_terms",
    "simplified",
    "source_terms",
    "state_of",
    "term_format",
    "write_baseline",
    "write_file",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'glossary' has no attribute '{name}'")
    module, _, attribute = home.partition(":")
    value = getattr(importlib.import_module(f"glossary.{module}"), attribute or name)
    globals()[name] = value
    return value
