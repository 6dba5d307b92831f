"""Official titles from parts: read as level, body and post, the inner body first, and written in good order."""
