"""What may say the same in other words or another language: by the speaker and the matter, and by the meaning."""
