"""The Sessions page and the session sheet."""
