"""What people correct: joined and parted utterances, speakers, names, scare quotes, quotes that are hidden."""
