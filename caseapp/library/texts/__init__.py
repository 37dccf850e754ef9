"""The text of a capture as a reader has it: its paragraphs, pieces and pages, and what changed from one to the next."""
