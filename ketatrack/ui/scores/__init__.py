"""The Scores page: questionnaires, results, totals from a clinic."""
