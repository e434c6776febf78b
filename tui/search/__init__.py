"""What is found by a query, how well, and where exactly."""
