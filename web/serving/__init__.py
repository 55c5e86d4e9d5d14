"""The server of the page: deadlines on every request, several processes at one address."""
