"""The people who may correct and add: their accounts, their sessions, and how often a password may be guessed."""
