"""The pages and answers of maps."""
