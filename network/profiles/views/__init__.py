"""The pages on which an organisation's people edit its profile."""
