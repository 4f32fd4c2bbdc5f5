/** Passes on a reply, or rejects when it takes longer than `deadlineMs`, not counting a time in which this process was too busy to look. */
export const answeredInTime = <Reply>(reply: Promise<Reply>, deadlineMs: number): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // After a stall timers fire before the replies that arrived meanwhile are read; one turn later they have been.
      setImmediate(() => reject(new Error(`Redis did not answer within ${deadlineMs} ms`)));
    }, deadlineMs);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
