"""Plain text as people have it, scraped from pages: lines -> furniture out -> seams found -> documents."""
