import type { Core } from '@strapi/strapi';
import type { ConsentConfig, Lifetime, ProcessingRecord, ProcessingRecords } from '../../../../contract';
import { pluginConfig } from '../../config';
import { getService } from '../../get-service';
import { encryptedAt } from '../map/check';

const DAY_SECONDS = 86_400;

const days = (count: number | null): string => (count === null ? 'as long as needed' : `${count} days`);

const lifetimeSeconds = (lifetime: Lifetime): number =>
  typeof lifetime === 'number' ? lifetime : lifetime === 'session' ? 0 : Number.POSITIVE_INFINITY;

/** The longest of several lifetimes, in words. */
const longest = (lifetimes: Lifetime[]): string => {
  const most = Math.max(0, ...lifetimes.map(lifetimeSeconds));
  if (most === 0) return 'session';
  return Number.isFinite(most) ? days(Math.ceil(most / DAY_SECONDS)) : 'until it is deleted';
};

const unique = (values: (string | null | undefined)[]): string[] =>
  [...new Set(values.filter((value) => !!value))] as string[];

const trackingRecords = ({ site, regime, categories }: ConsentConfig): ProcessingRecord[] =>
  categories
    .filter(({ items }) => items.length > 0)
    .map(({ name, mode, items }) => ({
      source: 'tracking',
      activity: `${name} (${site})`,
      purposes: unique(items.flatMap((item) => item.storage.map(({ purpose }) => purpose))).join('; ') || name,
      persons: 'Visitors of the website',
      data: unique(items.flatMap((item) => item.storage.map((entry) => `${entry.name} (${entry.kind})`))),
      // What is on until somebody objects does not go by consent; under the regime `opt-in` nothing is.
      legalBasis:
        mode === 'required' || (mode === 'opt-out' && regime !== 'opt-in') ? 'legitimate-interests' : 'consent',
      recipients: unique(items.map(({ provider }) => provider)),
      retention: longest(items.flatMap((item) => item.storage.flatMap(({ lifetime }) => lifetime ?? []))),
      measures: ['Nothing runs before it is allowed'],
    }));

/** The register of processing activities, from what is published and from the personal-data map. */
export const createProcessingRecordsService = ({ strapi }: { strapi: Core.Strapi }) => {
  const configs = async (): Promise<ConsentConfig[]> => {
    const publishing = getService('publishing', { strapi });
    const found = [...publishing.current().sites.values()].map(({ locales, defaultLocale }) =>
      publishing.readConfig((locales.get(defaultLocale) ?? [...locales.values()][0])?.version ?? ''),
    );
    return (await Promise.all(found)).filter((config) => config !== null);
  };

  const contentRecords = async (): Promise<ProcessingRecord[]> => {
    const { types } = await getService('personalDataMap', { strapi }).find();
    return types.flatMap(({ uid, name, mapping, problems }): ProcessingRecord[] => {
      if (!mapping || problems.length > 0) return [];
      const paths = Object.keys(mapping.fields);
      const encrypted = paths.filter((path) => encryptedAt(strapi, uid, path) !== undefined);
      return [
        {
          source: 'content',
          activity: name,
          purposes: mapping.purpose,
          persons: mapping.owners.some((owner) => 'subject' in owner)
            ? 'Users, customers and visitors'
            : 'Users and customers',
          data: paths,
          legalBasis: mapping.legalBasis,
          recipients: [],
          retention: days(mapping.retentionDays),
          measures: [
            'Access by role, recorded in the audit trail',
            ...(encrypted.length > 0 ? [`Encrypted at rest: ${encrypted.join(', ')}`] : []),
          ],
        },
      ];
    });
  };

  /** What this plugin itself processes. */
  const ownRecords = (): ProcessingRecord[] => {
    const { consents, audit } = pluginConfig(strapi);
    const { ip, userAgentFamily, countryHeader } = consents.personal;
    const base = { source: 'privacy-desk' as const, legalBasis: 'legal-obligation' as const, recipients: [] };
    return [
      ...(consents.enabled
        ? [
            {
              ...base,
              activity: 'Proof of consent',
              purposes: 'To be able to demonstrate that visitors consented (GDPR, article 7 (1))',
              persons: 'Visitors of the website',
              data: unique(
                [
                  'random id of the visitor',
                  'choices',
                  'time',
                  ip !== 'off' && `IP address, ${ip}`,
                  userAgentFamily && 'browser family',
                  countryHeader !== null && 'country',
                ].map((value) => value || null),
              ),
              retention: 'as each site says',
              measures: ['Pseudonymous', 'Hash-chained and signed', 'Personal parts encrypted with a key each'],
            },
          ]
        : []),
      {
        ...base,
        activity: 'Audit trail',
        purposes: 'To know who read, exported, changed or erased personal data (GDPR, articles 5 (2) and 32)',
        persons: 'Administrators and users',
        data: unique(['name', 'action', 'time', audit.ip !== 'off' ? `IP address, ${audit.ip}` : null]),
        retention: days(audit.retentionDays),
        measures: ['Hash-chained and signed', 'Names encrypted with a key each'],
      },
    ];
  };

  return {
    async find(): Promise<ProcessingRecords> {
      const published = await configs();
      return {
        createdAt: new Date().toISOString(),
        controllers: published.map(({ site, controller }) => ({ site, name: controller.name ?? null })),
        records: [...published.flatMap(trackingRecords), ...(await contentRecords()), ...ownRecords()],
      };
    },
  };
};
