"""The sentence models: one file each, with `open_model(name) -> Embedder`."""
