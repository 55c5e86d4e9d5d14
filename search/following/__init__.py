"""What came in since somebody looked last: the newest answers to a query, and searches that are saved to be run again."""
