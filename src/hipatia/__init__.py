"""Hipatia turns an open language model into a mathematics tutor, on your own machine."""

__version__ = "0.1.0"
