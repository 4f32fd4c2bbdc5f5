"""Writes critical-values.json beside itself: by number of points, the value that the largest standardised Mann-Whitney
statistic over all splits with at least 13 points left and 5 right reaches with probability at most .001 when nothing
changed. It depends on the ranks alone, so random permutations give it for every distribution.

python3 perf/tracking/statistics/make-critical-values.py     (a few minutes; written with NumPy 2.4)
"""

import json
from pathlib import Path

import numpy

LEFT, RIGHT, PROBABILITY = 13, 5, 0.001
PERMUTATIONS, BATCH, SEED = 4_000_000, 100_000, 20_261_122


def largest_statistics(generator, points, count):
    ranks = generator.permuted(numpy.tile(numpy.arange(1, points + 1, dtype=numpy.float32), (count, 1)), axis=1)
    left = numpy.arange(LEFT, points - RIGHT + 1)
    right = points - left
    rank_sums = points * (points + 1) / 2 - numpy.cumsum(ranks, axis=1)[:, left - 1]
    expected = right * (points + 1) / 2
    deviation = numpy.sqrt(left * right * (points + 1) / 12)
    return ((rank_sums - expected) / deviation).max(axis=1)


critical_values = {}
for points in range(LEFT + RIGHT, 41):
    generator = numpy.random.default_rng([SEED, points])
    statistics = numpy.concatenate(
        [largest_statistics(generator, points, BATCH) for _ in range(PERMUTATIONS // BATCH)]
    )
    values, counts = numpy.unique(statistics.round(9), return_counts=True)
    at_least = counts[::-1].cumsum()[::-1] / len(statistics)
    # Rounded down, so that a statistic that is equal but for its last digits counts as reaching it.
    critical = values[at_least <= PROBABILITY][0]
    critical_values[points] = int(critical * 1e6) / 1e6
    print(points, critical_values[points], flush=True)

Path(__file__).with_name("critical-values.json").write_text(json.dumps(critical_values, indent=2) + "\n")
