"""Writes mean-intervals.json beside itself: Johnson's interval of a mean, with SciPy's t and moments.

python3 perf/harness/statistics/golden/make-mean-golden.py     (written with SciPy 1.17.1)
"""

import json
from pathlib import Path

import numpy
import scipy
from scipy.stats import moment, t

random = numpy.random.default_rng(42)
cases = []
for count in [2, 5, 20, 100, 1_000]:
    for name, values in {
        "exponential": random.exponential(20, count),
        "normal": random.normal(100, 5, count),
        "lognormal": random.lognormal(3, 1, count),
    }.items():
        values = numpy.round(values, 6)
        for confidence in [0.9, 0.95, 0.99]:
            variance = values.var(ddof=1)
            centre = values.mean() + moment(values, 3) / (6 * variance * count)
            half = t.ppf((1 + confidence) / 2, count - 1) * (variance / count) ** 0.5
            cases.append(
                {
                    "name": name,
                    "confidence": confidence,
                    "lower": centre - half,
                    "upper": centre + half,
                    "values": values.tolist() if confidence == 0.9 else None,
                }
            )
Path(__file__).with_name("mean-intervals.json").write_text(
    json.dumps({"scipy": scipy.__version__, "cases": cases}) + "\n"
)
