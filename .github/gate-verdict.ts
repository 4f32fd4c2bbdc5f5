// npm run gate:verdict
// The check to require of a pull request, from how the jobs before it ended: COMPARED and CONFIRMED are results of jobs as GitHub
// names them, NEEDS_CONFIRMATION is the output of the first. Exit code 0: the comparison did not fail, or its confirmation did not.

const { COMPARED = '', NEEDS_CONFIRMATION = '', CONFIRMED = '' } = process.env;

/** All that passes; whatever else there is, nobody has said that it does. */
const passing = new Set(['success/false/skipped', 'success/true/success']);

process.stdout.write(
  `comparison: ${COMPARED || 'unknown'}, needs a confirmation: ${NEEDS_CONFIRMATION || 'unknown'}, confirmation: ${CONFIRMED || 'unknown'}\n`,
);
process.exitCode = passing.has(`${COMPARED}/${NEEDS_CONFIRMATION}/${CONFIRMED}`) ? 0 : 1;
