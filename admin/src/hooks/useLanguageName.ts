import { useIntl } from 'react-intl';

/** Names of languages, as the admin user's language has them. */
export const useLanguageName = (): ((code: string) => string) => {
  const { formatDisplayName } = useIntl();
  return (code) => formatDisplayName(code, { type: 'language', fallback: 'code' }) ?? code;
};
