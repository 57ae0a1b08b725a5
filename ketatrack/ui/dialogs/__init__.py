"""What asks the person something and then goes away."""
