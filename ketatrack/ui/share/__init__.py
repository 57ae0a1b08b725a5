"""The parts of the Share page: choices on the left, the report's own pages on the right, and what saves them.

Everything is made in a background thread; nothing of it touches the disk before the person says where.
"""
