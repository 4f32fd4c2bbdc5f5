// MurmurHash3's finalizer (Austin Appleby): every bit of its input reaches every bit of what it gives.
const mix = (bits: number): number => {
  let mixed = bits;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85_eb_ca_6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

const goldenRatio = 0x9e_37_79_b9;

const hash = (seed: number, first: number, second: number, salt: number): number => {
  let state = mix(seed + salt);
  state = mix(state + goldenRatio + first);
  return mix(state + goldenRatio + second);
};

/**
 * A number drawn evenly from [0, 1) for the `second` event of the `first` subject: the same whenever and wherever it is
 * drawn, so that no agent needs to know what the others have drawn. All whole numbers of 32 bits.
 */
export const draw = (seed: number, first: number, second: number): number => {
  // 53 bits, as many as a number between 0 and 1 holds.
  const high = hash(seed, first, second, 0) >>> 5;
  const low = hash(seed, first, second, goldenRatio) >>> 6;
  return (high * 2 ** 26 + low) / 2 ** 53;
};
