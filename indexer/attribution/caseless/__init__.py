"""Who speaks in scripts without capitals: Arabic, Persian, Urdu, Hebrew, Chinese, Japanese, Korean, Thai."""
