"""The pages of imports: each module adds its routes to the blueprint."""
