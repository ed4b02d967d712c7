"""The glyphs of a PDF page with their places, by pypdf or PDFium, as a reader sees them."""
