"""Who published a source: names, cards, official bodies, and serial reports with their editions."""
