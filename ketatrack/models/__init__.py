"""What a patient records: sessions, check-ins, questionnaires and what goes with them.

Frozen dataclasses that hold only valid values, and the tables they are kept in.
"""
