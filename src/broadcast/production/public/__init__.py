"""Drafts → what listeners are given."""
