"""The neural reader: a small encoder over words and what the rules said of them, and the decisions taken from its scores."""
