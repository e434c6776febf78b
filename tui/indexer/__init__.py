"""What must be read again so that catalogue and search match the folder."""
