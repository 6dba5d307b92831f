"""The language server: what an editor shows beside the text. Start at `server.py`; it needs the extra `lsp` (pygls)."""
