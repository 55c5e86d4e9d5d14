"""What is kept of the meaning of quotes: their vectors, brought up to the archive."""
