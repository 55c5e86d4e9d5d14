"""Tables of the archive, each with the class that reads and writes it: corrections, corrected quotes, paragraphs."""
