/** What a failed request of `deskApi` leaves in `error`: Strapi's own shape, or a network error without a status. */
export interface ApiError {
  name?: string;
  message?: string;
  status?: number;
  details?: unknown;
}

/** The answer to a save that was built on something older: server/src/http/versions.ts. */
export interface Stale<Content> {
  version: string;
  current: Content;
}

const asError = (error: unknown): ApiError => (typeof error === 'object' && error !== null ? error : {});

/** What was there when a save was refused because another admin had saved in between; undefined for every other error. */
export const staleOf = <Content>(error: unknown): Stale<Content> | undefined => {
  const { status, details } = asError(error);
  return status === 409 ? (details as Stale<Content>) : undefined;
};

/** Messages by field, for instance `{ 'storage.2.name': 'must not be empty' }`; empty unless fields were refused. */
export const fieldErrorsOf = (error: unknown): Record<string, string> => {
  const details = asError(error).details as { errors?: { path: string[]; message: string }[]; field?: string } | null;
  if (Array.isArray(details?.errors))
    return Object.fromEntries(details.errors.map(({ path, message }) => [path.join('.'), message]));
  return details?.field ? { [details.field]: asError(error).message ?? '' } : {};
};
