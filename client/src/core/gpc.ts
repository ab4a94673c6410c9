/** Global Privacy Control, which the browsers' standard types do not know yet. */
export interface Gpc {
  globalPrivacyControl?: boolean;
}
