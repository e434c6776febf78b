"""What this person has set, and which line of it is wrong."""
