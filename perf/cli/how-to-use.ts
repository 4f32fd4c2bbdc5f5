import { signToken } from '../../fixtures/tokens/index.ts';
import { developmentSecret, developmentUser } from './development-defaults.ts';

const daySeconds = 86_400;

const command = 'npm run perf -- --url';

/** What to tell the user once the server listens: how to measure it, log in and stop it. */
export const howToUse = (url: string, secret: string | undefined, hasOwnUsers: boolean): string => {
  // A secret of the user's own stays out of the terminal, and so do tokens signed with it.
  const token =
    secret === undefined
      ? signToken({ secret: developmentSecret, subject: 'demo', expiresInSeconds: daySeconds })
      : '$(npm run -s token)';
  const login = `'{"username":"${developmentUser.split(':')[0] ?? ''}","password":"${developmentUser.split(':')[1] ?? ''}"}'`;
  return [
    `The reference server listens on ${url}`,
    `  measure it:  ${command} ${url} --token "${token}"`,
    '  a token:     npm run -s token',
    ...(hasOwnUsers
      ? []
      : [
          `  or log in:   curl -X POST ${url}/api/v1/auth/token -H 'content-type: application/json' -d ${login}`,
        ]),
    '  stop it:     Ctrl-C',
    '',
  ].join('\n');
};
