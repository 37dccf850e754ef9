"""Themes: their pages, colours and picker, and how they come to be suggested."""
