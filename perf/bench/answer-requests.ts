/** What a process of the benchmark says to the one that started it. */
export type FromChild = { readonly answer: unknown } | { readonly error: string };

const send = (message: FromChild): void => {
  process.send?.(message);
};

/**
 * Makes this process one that answers requests, one at a time, until its parent is gone or lets it go. The type of the
 * requests is the answerer's word: they come from files of this folder alone.
 */
export const answerRequests = (answer: (request: never) => unknown): void => {
  process.on('message', (request: unknown) => {
    (async () => answer(request as never))().then(
      (given) => {
        send({ answer: given });
      },
      (error: unknown) => {
        send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      },
    );
  });
  process.on('disconnect', () => {
    process.exit(0);
  });
  send({ answer: 'ready' });
};
