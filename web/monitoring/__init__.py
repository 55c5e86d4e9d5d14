"""What a server tells of itself: numbers for a monitor, a line a request."""
