"""Who speaks in languages whose grammar a file of `indexer/data/languages/` describes: the subject of the reporting clause."""
