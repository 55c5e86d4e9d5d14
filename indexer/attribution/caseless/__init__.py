"""Who speaks in scripts without capitals: Arabic, Persian, Urdu."""
