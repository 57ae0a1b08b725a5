"""The Habits page."""
