"""What this person has read, starred, reached and searched."""
