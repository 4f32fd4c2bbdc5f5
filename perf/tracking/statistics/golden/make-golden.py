"""Writes statistics.json beside itself: what SciPy and NumPy give for the functions of perf/tracking/statistics/.

python3 perf/tracking/statistics/golden/make-golden.py     (written with SciPy 1.17.1)
"""

import json
from itertools import pairwise
from pathlib import Path

import numpy
import scipy
from scipy.stats import binom, fisher_exact, mannwhitneyu, median_abs_deviation, norm, wilcoxon

generator = numpy.random.default_rng(42)


def differences(count):
    return (0.03 + 0.029 * generator.standard_t(5, count)).round(6)


def walsh(values):
    return numpy.sort([(values[i] + values[j]) / 2 for i in range(len(values)) for j in range(i, len(values))])


def lower_bound(values, alpha):
    """The interval by inverting SciPy's exact test: the Walsh average up to which a shift is rejected."""
    averages = walsh(values)
    edges = [averages[0] - 1, *((low + high) / 2 for low, high in pairwise(averages))]
    bound = None
    for edge, average in zip(edges, averages, strict=True):
        if wilcoxon(values - edge, alternative="greater", method="exact").pvalue > alpha:
            break
        bound = average
    return bound


tails = []
for count in [5, 8, 12, 14, 18, 20, 28, 32, 36]:
    for _ in range(4):
        values = differences(count)
        ranks = abs(values).argsort().argsort() + 1
        tails.append(
            {
                "count": count,
                "sum": int(ranks[values < 0].sum()),
                # T- is distributed as T+ is.
                "probability": wilcoxon(values, alternative="greater", method="exact").pvalue,
            }
        )

shifts = []
for count, alpha in [(8, 0.004), (12, 0.003), (20, 0.003), (12, 0.004 / 3), (18, 0.001), (28, 0.001), (14, 0.0008), (32, 0.0006), (7, 0.004)]:
    for _ in range(3):
        values = differences(count)
        lower = lower_bound(values, alpha)
        upper = lower_bound(-values, alpha)
        shifts.append(
            {
                "differences": values.tolist(),
                "alpha": alpha,
                "estimate": float(numpy.median(walsh(values))),
                "lower": None if lower is None else float(lower),
                "upper": None if upper is None else -float(upper),
                "detectable": float(
                    (norm.ppf(1 - alpha) + norm.ppf(0.9)) * 1.4826 * median_abs_deviation(values) * 1.05 / numpy.sqrt(count)
                ),
            }
        )

fisher = []
for base, head in [((20, 20), (18, 20)), ((600, 600), (590, 600)), ((7_200, 7_200), (7_164, 7_200)), ((7_150, 7_200), (7_000, 7_200)),
                   ((590, 600), (600, 600)), ((0, 5), (0, 5)), ((5, 5), (0, 5)), ((99_000, 100_000), (98_900, 100_000))]:
    table = [[head[1] - head[0], head[0]], [base[1] - base[0], base[0]]]
    fisher.append(
        {
            "base": {"successes": base[0], "trials": base[1]},
            "head": {"successes": head[0], "trials": head[1]},
            "probability": float(fisher_exact(table, alternative="greater").pvalue),
        }
    )

splits = []
for count, step in [(18, 0.0), (18, 0.08), (25, 0.03), (33, 0.0), (40, 0.05), (40, -0.05), (40, 0.02)]:
    values = (0.02 * generator.standard_t(5, count)).round(2 if count == 33 else 6)
    values[-7:] += step
    statistics = {}
    for left in range(13, count - 4):
        right = count - left
        u = mannwhitneyu(values[left:], values[:left]).statistic
        statistics[left] = (u - left * right / 2) / numpy.sqrt(left * right * (count + 1) / 12)
    index = max(statistics, key=statistics.get)
    splits.append(
        {
            "values": values.tolist(),
            "index": index,
            "statistic": float(statistics[index]),
            "step": float(numpy.median(numpy.subtract.outer(values[index:], values[:index]))),
        }
    )

# With 18 points there is one split, 13 | 5, so that the critical value is that of the plain exact test.
exact = {}
for exceeded in range(0, 13 * 5 + 1):
    later = 5
    # Any two samples without ties whose U is `exceeded`.
    below = [min(13, max(0, exceeded - 13 * i)) for i in range(later)]
    sample = [b + 0.5 + 0.01 * i for i, b in enumerate(sorted(below))]
    result = mannwhitneyu(sample, list(range(1, 14)), alternative="greater", method="exact")
    exact[int(result.statistic)] = result.pvalue
critical = min(u for u, p in exact.items() if p <= 0.001)

binomial = [
    {"successes": x, "trials": n, "probability": p, "tail": float(binom.sf(x - 1, n, p))}
    for n, p in [(1, 0.01), (5, 0.01), (40, 0.01), (100, 0.01), (60, 0.1), (200, 0.003)]
    for x in sorted({0, 1, 2, 3, min(7, n), n})
    if x <= n
]

golden = {
    "scipy": scipy.__version__,
    "signedRankTails": tails,
    "shifts": shifts,
    "fisher": fisher,
    "splits": splits,
    "binomial": binomial,
    "criticalOf18": float((critical - 32.5) / numpy.sqrt(13 * 5 * 19 / 12)),
}
Path(__file__).with_name("statistics.json").write_text(json.dumps(golden, indent=1) + "\n")
