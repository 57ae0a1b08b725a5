"""The worked sets of the design, and random intervals for property tests."""

from math import inf

from hypothesis import strategies as st

D1 = [(12, 14), (18, 21), (9, 10), (15, inf), (20, 24)]
D2 = [(7, 9), (10, 14), (13, inf)]
D3 = [(14, inf), (21, inf), (28, inf)]
D4 = [*D1, (16, 18), (22, inf), (11, 13), (25, 28), (17, 19)]

_starts = st.integers(0, 60)
one = st.one_of(
    st.tuples(_starts, st.integers(1, 400)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    st.tuples(_starts, st.integers(1, 5)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    _starts.map(lambda low: (low, inf)),
    st.integers(1, 60).map(lambda day: (day, day)),
)
many = st.lists(one, min_size=1, max_size=60)
