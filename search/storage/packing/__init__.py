"""What is kept in few bytes, or once: texts, stems, what a quote has of its document."""
