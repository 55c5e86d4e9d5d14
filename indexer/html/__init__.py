"""Web pages to documents: markup -> blocks of text -> which of them are the article -> metadata -> document."""
