"""Take units out of English guides and put their translations back. Imports nothing of MkDocs or the theme."""
