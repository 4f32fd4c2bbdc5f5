import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Ways to mounts of one's own: as root, and as anybody where the system allows it. */
const namespaces = [
  ['unshare', '--mount'],
  ['unshare', '--map-root-user', '--mount'],
] as const;

/** Runs a shell script with the command as its arguments, in mounts that are gone with it. */
const inNamespace = (namespace: readonly string[], script: string): readonly string[] => [
  ...namespace,
  'sh',
  '-ec',
  script,
  'sh',
];

const mount = (folder: string, options: string): string =>
  `mount -t tmpfs -o ${options} tmpfs '${folder.replaceAll("'", String.raw`'\''`)}'`;

/** What can be put around a command. */
export interface Disks {
  /**
   * A disk of so many bytes in place of a folder that exists; `first` is a script to be run before the command. What is left half
   * written on it is printed when the command has ended, as `left half written: …`.
   */
  small(folder: string, bytes: number, first?: string): readonly string[];
  /** An empty disk in place of a folder, to which nothing can be written. */
  readOnly(folder: string): readonly string[];
}

/** Disks of one's own, without a trace outside of the command; null where the system does not allow them. */
export const findDisks = (): Disks | null => {
  const folder = mkdtempSync(join(tmpdir(), 'ws-perf-gate-disk-'));
  const namespace = namespaces.find((one) => {
    const [command = '', ...rest] = inNamespace(one, mount(folder, 'size=1m'));
    return spawnSync(command, rest).status === 0;
  });
  rmdirSync(folder);
  if (namespace === undefined) return null;
  return {
    small: (place, bytes, first = ':') =>
      inNamespace(
        namespace,
        [
          mount(place, `size=${String(bytes)}`),
          first,
          'status=0',
          '"$@" || status=$?',
          `find '${place}' -name '*.part' -exec echo 'left half written:' {} \\;`,
          'exit "$status"',
        ].join('\n'),
      ),
    readOnly: (place) => inNamespace(namespace, `${mount(place, 'ro')}\nexec "$@"`),
  };
};
