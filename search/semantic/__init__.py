"""Vectors of what quotes mean, by which a quote is found in another language and in other words (docs/semantic.md).

An extra, off by default: without it nothing here is imported, and nothing is ever downloaded.
"""
