import { expect, test } from 'vitest';
import { readServerEnvironment, type StartedAs } from './read-server-environment.ts';

const problemsOf = (assignment: string, startedAs: StartedAs): readonly string[] => {
  const problems: string[] = [];
  readServerEnvironment([assignment], problems, { startedAs });
  return problems;
};

test.for<[string, StartedAs, RegExp]>([
  ['JWT_SECRET=s3cret', 'process', /^--server-env JWT_SECRET=… is not heeded: .* \(--url with --token or/u],
  ['JWT_SECRET=s3cret', 'containers', /is not heeded/u],
  ['JWT_SECRET=s3cret', 'auto', /is not heeded/u],
  ['JWT_SECRET_FILE=/run/s3cret', 'process', /is not heeded/u],
  ['JWT_ALGORITHMS=HS512', 'process', /is not heeded/u],
  ['PORT=8000', 'process', /listen where it looks for it\. Start that server yourself .* \(--url\)/u],
  ['PORT=8000', 'command', /listen where it looks for it/u],
  ['HOST=0.0.0.0', 'containers', /listen where it looks for it/u],
  ['INSTANCE_ID=one', 'process', /names the instances itself/u],
  ['REDIS_URL=redis://:s3cret@h', 'containers', /REDIS_URL=… is for --target process/u],
  ['REDIS_URL=redis://:s3cret@h', 'auto', /is for --target process/u],
  ['REDIS_URL_FILE=/run/s3cret', 'containers', /is for --target process/u],
])('%s of a server started as %s is refused, with what to do instead', ([assignment, startedAs, says]) => {
  const problems = problemsOf(assignment, startedAs);
  expect(problems).toEqual([expect.stringMatching(says)]);
  expect(problems.join()).not.toContain('s3cret');
});

test.for<[string, StartedAs]>([
  ['REDIS_URL=redis://h', 'process'],
  ['JWT_PREVIOUS_SECRET=old', 'process'],
  ['DRAIN_MS=0', 'containers'],
  ['JWT_SECRET=theirs', 'command'],
  ['HOST=127.0.0.1', 'command'],
  // What is wrong there is said of the option as a whole.
  ['PORT=8000', 'external'],
  // A name of every object.
  ['constructor=1', 'auto'],
])('%s of a server started as %s is passed on', ([assignment, startedAs]) => {
  expect(problemsOf(assignment, startedAs)).toEqual([]);
});

test('of a comparison the options that would do are named', () => {
  const problems: string[] = [];
  readServerEnvironment(['PORT=1'], problems, {
    startedAs: 'auto',
    option: '--head-server-env',
    byAddress: '--base-url and --head-url',
  });
  expect(problems).toEqual([expect.stringMatching(/^--head-server-env PORT=….*--base-url and --head-url/u)]);
});
