"""The language of the interface: which one a request is answered in, its catalogue of messages, its numbers and dates."""
