"""What comes in and what goes out: both directions of a format side by side, after one filter."""
