"""The engine: a guide, its catalog, values and macros become a page. No MkDocs, no topic, no language by name."""
