/** A place in the trail by time. */
export interface Place {
  recordedAtMs: number;
  id: string;
}

/** A place as text that may stand in a URL. */
export const writeAfter = ({ recordedAtMs, id }: Place): string => `${recordedAtMs.toString(36)}.${id}`;

/** null for what `writeAfter` does not make. */
export const readAfter = (text: string): Place | null => {
  const [, time, id] = /^([\da-z]{1,9})\.([\da-f-]{36})$/.exec(text) ?? [];
  return time && id ? { recordedAtMs: parseInt(time, 36), id } : null;
};
