"""Reading what is only drawn: the words of scanned pages, by Tesseract, where that is installed."""
