import { isSameText } from './same-text.ts';

/** A person who may ask the token route for a token. */
export interface DemoUser {
  readonly username: string;
  readonly password: string;
}

/** Reads `user:password`; the password may contain colons. */
export const parseDemoUser = (entry: string): DemoUser | undefined => {
  const [, username, password] = /^([^:]+):(.+)$/.exec(entry) ?? [];
  return username === undefined || password === undefined ? undefined : { username, password };
};

/** Whether some user has this name and password; takes the same time whatever was wrong. */
export const isDemoUser = (users: readonly DemoUser[], given: DemoUser): boolean => {
  let found = false;
  for (const user of users) {
    const isSameName = isSameText(user.username, given.username);
    const isSamePassword = isSameText(user.password, given.password);
    found = (isSameName && isSamePassword) || found;
  }
  return found;
};
