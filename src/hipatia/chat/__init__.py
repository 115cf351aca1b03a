"""Talking to a model: ``session`` keeps the conversation, ``terminal`` shows it."""
