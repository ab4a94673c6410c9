/** Lets requests be answered between two pieces of work. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How long work goes on at a stretch. */
const SLICE_MS = 8;

/** For long loops: called in each round, it answers what to wait for when it is time to let requests be answered. */
export const createPace = (): (() => Promise<void> | undefined) => {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined;
    return breathe().then(() => {
      since = performance.now();
    });
  };
};
