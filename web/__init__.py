"""The front: pages and an HTTP API over what `search` finds. The only package that knows Flask."""
