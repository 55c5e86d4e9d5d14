"""Plain text as people have it, scraped from pages: paragraphs -> boilerplate out -> boundaries of articles -> documents."""
