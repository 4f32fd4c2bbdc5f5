const busyServer = 0.9;

/** Whether a server that used this share of a core may be what was measured: speed is then a lower bound. */
export const isServerTheLimit = (cpuShare: number): boolean => cpuShare > busyServer;
