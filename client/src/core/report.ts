/** Dispatches `privacy-desk:<name>` on the document. */
export const emit = (name: 'ready' | 'change' | 'open' | 'close' | 'error', detail?: unknown): void => {
  document.dispatchEvent(new CustomEvent('privacy-desk:' + name, { detail }));
};

/** Says on the console what somebody should mend. */
export const warn = (problem: unknown): void => console.warn('privacy-desk:', problem);

/** Runs `action`, to its first `await` at once; what it throws is reported as `privacy-desk:error` and stops nothing else. */
export const guard = async <T>(action: () => T): Promise<Awaited<T> | undefined> => {
  try {
    return await action();
  } catch (error) {
    warn(error);
    emit('error', { error });
  }
};
