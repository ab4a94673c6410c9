import type { Desk } from '../core/desk';

/** All that Trusted Types ask of us: a script gets only what the page itself carries, and only when it may run. */
const rules = { createScript: (text: string) => text, createScriptURL: (url: string) => url };

/** The policy `privacy-desk`, made when it is first needed; a page can forbid a second one of the name, so the desk keeps it. */
export const trusted = (desk: Desk): typeof rules =>
  (desk.policy ??=
    (
      window as { trustedTypes?: { createPolicy(name: string, policy: typeof rules): typeof rules } }
    ).trustedTypes?.createPolicy('privacy-desk', rules) ?? rules);
