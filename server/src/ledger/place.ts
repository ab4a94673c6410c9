/** A place in a list of consents by their time. */
export interface Place {
  decidedAtMs: number;
  id: string;
}

/** A place as text that may stand in a URL. */
export const writeAfter = ({ decidedAtMs, id }: Place): string => `${decidedAtMs.toString(36)}.${id}`;

/** null for what `writeAfter` does not make. */
export const readAfter = (text: string): Place | null => {
  const [, time, id] = /^([\da-z]{1,9})\.([\da-f-]{36})$/.exec(text) ?? [];
  return time && id ? { decidedAtMs: parseInt(time, 36), id } : null;
};
