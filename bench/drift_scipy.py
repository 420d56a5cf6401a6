#!/usr/bin/env python3
"""Prints what SciPy says of the cases in DriftStatisticsTest, line by line (pip install scipy)."""

from itertools import combinations

import numpy as np
from scipy import special, stats


def cells(counts):
    return np.repeat(np.arange(len(counts)), counts)


def distance(a, b):
    edges = np.arange(max(a.max(), b.max()) + 1)
    return max(abs((a <= e).mean() - (b <= e).mean()) for e in edges)


def every_way(one, other):
    """The exact probability with ties, by trying every way to divide both samples."""
    a, b = cells(one), cells(other)
    both, found = np.concatenate([a, b]), distance(a, b)
    ways = reached = 0
    for chosen in combinations(range(len(both)), len(a)):
        mask = np.zeros(len(both), bool)
        mask[list(chosen)] = True
        ways += 1
        reached += distance(both[mask], both[~mask]) >= found - 1e-12
    return reached / ways


# Each value has a cell of its own: 1 where it is of the first sample, 0 where of the second.
untied = [1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0]
first = [i for i, of in enumerate(untied) if of]
second = [i for i, of in enumerate(untied) if not of]
print("ks exact   ", stats.ks_2samp(first, second, method="exact"))
print("ks ties    ", every_way([4, 2, 1, 0], [1, 2, 2, 4]))
print("ks limit   ", special.kolmogorov(np.sqrt(300 * 500 / 800) * 0.1))
table = [[30, 14, 16], [90, 80, 30]]
print("chi-squared", stats.chi2_contingency(table, correction=False)[:2])
# SciPy draws as well; the exact value over all ways to draw is 0.0243.
print("drawn      ", stats.chi2_contingency([[5, 1, 2], [2, 9, 1]], correction=False)[:2],
      stats.chi2_contingency([[5, 1, 2], [2, 9, 1]], correction=False,
                             method=stats.MonteCarloMethod(n_resamples=200_000, rng=np.random.default_rng(1)))[1]
      if hasattr(stats, "MonteCarloMethod") else "")
values = [-1.0, 0.0, 0.5, 2.0]
print("wasserstein", stats.wasserstein_distance(values, [-3.0, 0.0, 2.0, 4.5], [2, 3, 4, 1], [1, 5, 2, 2]))
print("bh         ", stats.false_discovery_control([0.01, 0.04, 0.03, 0.005, 0.5]))
n, m = np.array([3, 5, 0, 2]) + 0.5, np.array([10, 20, 5, 5]) + 0.5
n, m = n / n.sum(), m / m.sum()
print("psi        ", stats.entropy(n, m) + stats.entropy(m, n))
