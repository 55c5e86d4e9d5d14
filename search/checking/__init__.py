"""A manuscript against the archive: each of its quotations with a verdict, and the reports that say so."""
