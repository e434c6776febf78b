"""Which bulletins and articles lie in a folder."""
