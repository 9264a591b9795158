"""The pages of the desk; each module adds its routes."""
