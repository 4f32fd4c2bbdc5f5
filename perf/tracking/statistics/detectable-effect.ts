import jstat from 'jstat';
import { medianAbsoluteDeviation } from 'simple-statistics';

const power = 0.9;
// The standard deviation of normal values in MADs (1/Φ⁻¹(¾)), and what Hodges–Lehmann loses against the mean there,
// √(π/3) ≈ 1.02, with a margin. Hampel, Journal of the American Statistical Association 69 (1974) 383.
const deviationsPerMad = 1.4826;
const estimatorLoss = 1.05;

/**
 * The smallest true shift that a test at `alpha` (one-sided) would find in nine of ten cases, judged by the differences seen:
 * (z_α + z_.9) · 1.4826 · MAD · 1.05 / √k; in the unit of the differences.
 */
export const detectableEffect = (differences: readonly number[], alpha: number): number => {
  const { normal } = jstat.jStat;
  const reach = normal.inv(1 - alpha, 0, 1) + normal.inv(power, 0, 1);
  return (
    (reach * deviationsPerMad * medianAbsoluteDeviation([...differences]) * estimatorLoss) /
    Math.sqrt(differences.length)
  );
};
