import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { AuditParty, AuditSummary } from '../../../../contract';
import { usePanel } from '../../hooks/usePanel';
import { useText, type TextKey } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';

/** What things are called that Strapi or this plugin knows by a longer name. */
const TYPES: Record<string, TextKey> = {
  'plugin::privacy-desk.category': 'type.category',
  'plugin::privacy-desk.tracking-item': 'type.tracking-item',
  'plugin::privacy-desk.site': 'type.site',
  'plugin::users-permissions.user': 'audit.type.user',
  person: 'audit.type.person',
  'admin::user': 'audit.type.admin',
  'admin::role': 'audit.type.role',
  'plugin::users-permissions.role': 'audit.type.role',
  'admin::api-token': 'audit.type.token',
  'data-request': 'audit.type.data-request',
  'request-template': 'audit.type.request-template',
  erasure: 'audit.type.erasure',
  consent: 'audit.type.consent',
  'audit-entry': 'audit.type.audit-entry',
};

interface Sentences {
  /** What happened, in words; an action that nobody has words for (another plugin's) is named as it is. */
  say: (entry: AuditSummary) => string;
  who: (actor: AuditSummary['actor']) => string;
  whom: (target: AuditParty) => string;
  typeName: (type: string) => string;
  areaName: (area: string) => string;
  siteName: (key: string) => string;
}

/** The audit trail in words. */
export const useSentence = (): Sentences => {
  const text = useText();
  const { messages } = useIntl();
  const { sites } = usePanel();

  const typeName = useCallback((type: string) => (TYPES[type] ? text(TYPES[type]) : type), [text]);
  const siteName = useCallback((key: string) => sites.find((site) => site.key === key)?.name ?? key, [sites]);
  const who = useCallback<Sentences['who']>(
    ({ type, state, name }) => {
      if (type === 'command' && name) return `npx privacy-desk ${name}`;
      if (state === 'erased') return `${text(`audit.actor.${type}`)} (${text('audit.erased')})`;
      return name ?? text(`audit.actor.${type}`);
    },
    [text],
  );
  const whom = useCallback<Sentences['whom']>(
    ({ type, state, id, name }) => {
      const kind = typeName(type);
      if (state === 'erased') return `${kind} (${text('audit.erased')})`;
      if (state === 'unreadable') return `${kind} (${text('audit.unreadable')})`;
      const called = name ?? id;
      return called && called !== type ? `“${called}” (${kind})` : kind;
    },
    [text, typeName],
  );
  const known = useCallback((key: string): key is TextKey => `${PLUGIN_ID}.${key}` in messages, [messages]);
  const areaName = useCallback(
    (area: string) => {
      const key = `audit.area.${area}`;
      return known(key) ? text(key) : area;
    },
    [known, text],
  );
  const say = useCallback<Sentences['say']>(
    ({ action, actor, target, site }) => {
      const values = {
        actor: who(actor),
        target: target ? whom(target) : '',
        site: site ? `“${siteName(site)}”` : '',
        action,
      };
      const key = `audit.did.${action}`;
      const sentence = known(key) ? text(key, values) : text('audit.did.other', values);
      return sentence.trim();
    },
    [known, siteName, text, who, whom],
  );
  return { say, who, whom, typeName, areaName, siteName };
};
