/** More of them would measure this machine's processes and no server. */
const mostInstances = 16;

/** How many instances of the reference server are wanted; 1 where nobody says, or says it wrongly, which is then a problem. */
export const readInstances = (given: string | undefined, problems: string[]): number => {
  if (given === undefined) return 1;
  const count = Number(given);
  if (/^\d+$/u.test(given) && count >= 1 && count <= mostInstances) return count;
  problems.push(
    `--instances is "${given}", but must be a whole number from 1 to ${String(mostInstances)}. Give 2 for two instances behind nginx.`,
  );
  return 1;
};
