/** How much text is collected before it becomes bytes: text that is added up takes many times its length until then. */
const CHUNK_LENGTH = 32 * 1024;

/** Text that is written piece by piece and kept as bytes. */
export const createTextBytes = () => {
  const chunks: Buffer[] = [];
  let pending = '';
  const flush = (): void => {
    chunks.push(Buffer.from(pending));
    pending = '';
  };
  return {
    add(text: string): void {
      pending += text;
      if (pending.length >= CHUNK_LENGTH) flush();
    },
    bytes(): Buffer {
      flush();
      return Buffer.concat(chunks);
    },
  };
};
