"""How words travel: units out of English guides, translations into them. No MkDocs, no theme."""
