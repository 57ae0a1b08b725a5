"""The report for a doctor: what stands in it, as words and numbers, and how it becomes pages.

`prepared.prepare` works it out, `typesetting` makes the PDF of it, `pages` the pictures on a screen.
"""
