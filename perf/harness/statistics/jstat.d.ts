/** The part of jStat that is used; the package brings no types of its own. */
declare module 'jstat' {
  interface BetaDistribution {
    /** Quantile of Beta(alpha, beta) at `probability`. */
    inv(probability: number, alpha: number, beta: number): number;
  }
  interface NormalDistribution {
    inv(probability: number, mean: number, standardDeviation: number): number;
  }
  interface StudentDistribution {
    /** Quantile of Student's t with `degreesOfFreedom` at `probability`. */
    inv(probability: number, degreesOfFreedom: number): number;
  }
  interface JStat {
    readonly beta: BetaDistribution;
    readonly normal: NormalDistribution;
    readonly studentt: StudentDistribution;
    /** The regularised incomplete beta function I_x(a, b). */
    ibeta(x: number, a: number, b: number): number;
  }
  const jstat: { readonly jStat: JStat };
  export default jstat;
}
