"""A quote as other places show it: in a list of references, on another site, in a preview of a link, to a search engine."""
