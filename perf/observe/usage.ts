/** What a server has used so far: read from outside, without asking it. */
export interface Usage {
  /** Processor time since it started, ms. */
  readonly cpuMs: number;
  /** Resident memory of the process, or the container's memory without its reclaimable page cache. */
  readonly memoryBytes: number;
}

/** Reads a server's usage whenever asked; null where it can not be read now. */
export interface UsageReader extends AsyncDisposable {
  read(): Promise<Usage | null>;
}
