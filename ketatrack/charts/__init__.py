"""Results drawn as matplotlib Figures. No Qt, no pyplot; every function takes a result, a style and a size."""
