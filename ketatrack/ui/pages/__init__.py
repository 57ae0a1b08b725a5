"""The pages behind the sidebar, one module each."""
