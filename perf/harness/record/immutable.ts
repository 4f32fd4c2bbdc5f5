import type { LoadProfile } from '../load/profile.ts';

/** The same data, of which nothing can be assigned; a load profile is so already, and too deep to be gone through. */
export type Immutable<Data> = Data extends LoadProfile
  ? LoadProfile
  : Data extends object
    ? { readonly [Key in keyof Data]: Immutable<Data[Key]> }
    : Data;
