"""Lists of quotes: what passes the filters of a query without words, and what machines ask for."""
