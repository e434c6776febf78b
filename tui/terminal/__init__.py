"""What is asked of the terminal before the app starts, and what is shown on it first."""
