/**
 * Sends what becomes ready in one turn together: first everything is made, then it goes out, one right after the other. An
 * answer wakes its reader, which costs more than the answer; a reader of many that is still awake need not be woken again.
 */
export const createOutbox = (): ((send: () => void) => void) => {
  let ready: (() => void)[] = [];
  const flush = (): void => {
    const sends = ready;
    ready = [];
    for (const send of sends) send();
  };
  return (send) => {
    if (ready.push(send) === 1) queueMicrotask(flush);
  };
};
