import type { SignalOf } from '../../../contract/vendors';
import { guard } from '../core/report';
import type { Manifest } from './manifest';

type Api = (command: string, ...parameters: unknown[]) => void;
interface Settings {
  consents?: Record<string, { status: number } | undefined>;
}

/**
 * Piwik PRO's Consent Manager. It keeps what it is told and counts it as a page view, so it is only told what is new to
 * it, for the consent types that its tags use; of undecided visitors, only what they no longer allow.
 *
 * @see https://developers.piwik.pro/docs/overview-consent-manager-js-api
 * @see https://developers.piwik.pro/docs/setcompliancesettings
 */
export default {
  vendor: 'piwik-pro',
  tell({ decided, granted }) {
    const page = window as { dataLayer?: unknown[]; ppms?: { cm?: { api?: Api } } };
    const cm = ((page.ppms ??= {}).cm ??= {});
    // As the container's own code lays it out, which keeps one that is there.
    cm.api ??= (command, ...parameters) => (page.dataLayer ??= []).push({ event: `ppms.cm:${command}`, parameters });
    const ask = <Answer>(command: string, then: (answer: Answer) => void) =>
      cm.api!(command, (answer: Answer) => guard(() => then(answer)));
    ask<string[]>('getComplianceTypes', (types) =>
      ask<Settings>('getComplianceSettings', ({ consents = {} }) => {
        const wanted = (type: string) => ({ status: +granted(`piwik-pro.${type}` as SignalOf<'piwik-pro'>) });
        const isNews = (type: string) => {
          const known = consents[type]?.status ?? -1;
          const { status } = wanted(type);
          return decided() ? known !== status : known > status;
        };
        if (types.some(isNews))
          cm.api!(
            'setComplianceSettings',
            { consents: Object.fromEntries(types.map((type) => [type, wanted(type)])) },
            () => {},
          );
      }),
    );
  },
} satisfies Manifest<'piwik-pro'>;
