/** Where on this machine a connection comes from, where the system is not to choose. */
export interface LocalEndpoint {
  readonly address: string;
  readonly port: number;
}
