"""What the term index holds of a quote, and which quotes pass a filter by it."""
