"""The window: pages show, dialogs ask, widgets are what both are made of."""
