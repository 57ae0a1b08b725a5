"""FHIR R4: what leaves the diary as resources that a clinic's system can read. `bundle.document` is the way in.

Resources are plain dicts in FHIR's JSON form; each is checked by the R4B models of fhir.resources before it leaves.
"""
