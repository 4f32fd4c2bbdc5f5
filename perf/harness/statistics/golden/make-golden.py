"""Writes intervals.json beside itself: what SciPy gives for the intervals of this folder.

python3 perf/harness/statistics/golden/make-golden.py     (written with SciPy 1.17.1)
"""

import json
from pathlib import Path

import scipy
from scipy.stats import binom, binomtest

confidences = [0.8, 0.9, 0.95, 0.98, 0.99, 0.998]

clopper_pearson = []
for trials in [1, 2, 5, 20, 50, 100, 1_000, 10_000, 1_000_000]:
    for successes in sorted({0, 1, 2, trials // 2, trials * 95 // 100, trials - 1, trials}):
        if successes > trials:
            continue
        for confidence in confidences:
            interval = binomtest(successes, trials).proportion_ci(confidence, method="exact")
            clopper_pearson.append(
                {
                    "successes": successes,
                    "trials": trials,
                    "confidence": confidence,
                    "lower": interval.low,
                    "upper": interval.high,
                }
            )

quantile_ranks = []
for count in [1, 5, 8, 20, 59, 100, 473, 1_000, 50_000, 1_000_000]:
    for quantile in [0.5, 0.9, 0.95, 0.99]:
        for confidence in confidences:
            # Rounding must not decide where a tail is exactly what is allowed.
            tail = (1 - confidence) / 2 * (1 + 1e-9)
            # lower: the largest rank with P(B <= rank - 1) <= tail. ppf: the smallest k with P(B <= k) >= tail.
            lower = int(binom.ppf(tail, count, quantile)) + 1
            while lower >= 1 and binom.cdf(lower - 1, count, quantile) > tail:
                lower -= 1
            # upper: the smallest rank with P(B >= rank) <= tail.
            upper = max(1, int(binom.isf(tail, count, quantile)) - 1)
            while upper <= count and binom.sf(upper - 1, count, quantile) > tail:
                upper += 1
            quantile_ranks.append(
                {
                    "count": count,
                    "quantile": quantile,
                    "confidence": confidence,
                    "lower": lower if lower >= 1 else None,
                    "upper": upper if upper <= count else None,
                }
            )

golden = {"scipy": scipy.__version__, "clopperPearson": clopper_pearson, "quantileRanks": quantile_ranks}
Path(__file__).with_name("intervals.json").write_text(json.dumps(golden, indent=1) + "\n")
