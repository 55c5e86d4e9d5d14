"""The databases that an archive may be kept in, one a file, and which of them an instance has."""
