/**
 * A cell of CSV (RFC 4180). What a spreadsheet would take for a formula is put behind an apostrophe, as OWASP advises
 * ("CSV Injection"), full-width signs included.
 */
export const csvCell = (value: string | number | boolean | null): string => {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^\s*[=+\-@\t\r|%＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
