"""English as a writer needs it: inflection, articles, capitals, and a replacement that agrees with the words around it."""
