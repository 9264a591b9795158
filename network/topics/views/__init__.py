"""The pages of the topics; each module adds its routes."""
