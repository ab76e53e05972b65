"""References: a source as a CSL item, and an item in a style; one module a style, all of them over the same item."""
