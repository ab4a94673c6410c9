import type { Core } from '@strapi/strapi';
import type {
  ActivityDetails,
  ConsentConfig,
  DetailsSave,
  Lifetime,
  OrganisationDetails,
  ProcessingRecord,
  ProcessingRecords,
  RecordRetention,
  Versioned,
} from '../../../../contract';
import { pluginConfig } from '../../config';
import { createTables } from '../../database/own-tables';
import { getService } from '../../get-service';
import { encryptedAt } from '../map/check';
import { createRecordDetails, ORGANISATION } from './details';
import { recordTables } from './tables';

const DAY_SECONDS = 86_400;

/** A record without what only the controller knows. */
type MadeRecord = Omit<ProcessingRecord, 'details'>;

const days = (count: number | null): RecordRetention => (count === null ? 'as-needed' : { days: count });

const lifetimeSeconds = (lifetime: Lifetime): number =>
  typeof lifetime === 'number' ? lifetime : lifetime === 'session' ? 0 : Number.POSITIVE_INFINITY;

const longest = (lifetimes: Lifetime[]): RecordRetention => {
  const most = Math.max(0, ...lifetimes.map(lifetimeSeconds));
  if (most === 0) return 'session';
  return Number.isFinite(most) ? { days: Math.ceil(most / DAY_SECONDS) } : 'until-deleted';
};

const unique = (values: (string | null | undefined)[]): string[] =>
  [...new Set(values.filter((value) => !!value))] as string[];

const trackingRecords = ({ site, regime, categories }: ConsentConfig): MadeRecord[] =>
  categories
    .filter(({ items }) => items.length > 0)
    .map(({ key, name, mode, items }) => ({
      key: `tracking:${site}:${key}`,
      source: 'tracking',
      activity: `${name} (${site})`,
      purposes:
        unique(items.flatMap((item) => item.storage.map(({ purpose }) => purpose?.replace(/\.$/, '')))).join('; ') ||
        name,
      persons: ['visitors'],
      data: unique(
        items.flatMap((item) =>
          item.storage.map((entry) => `${entry.name}${entry.match === 'prefix' ? '*' : ''} (${entry.kind})`),
        ),
      ),
      // What is on until somebody objects does not go by consent; under the regime `opt-in` nothing is.
      legalBasis:
        mode === 'required' || (mode === 'opt-out' && regime !== 'opt-in') ? 'legitimate-interests' : 'consent',
      recipients: unique(items.map(({ provider }) => provider)),
      retention: longest(items.flatMap((item) => item.storage.flatMap(({ lifetime }) => lifetime ?? []))),
      measures: ['nothing-before-consent'],
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

  const contentRecords = async (): Promise<MadeRecord[]> => {
    const { types } = await getService('personalDataMap', { strapi }).find();
    return types.flatMap(({ uid, name, mapping, problems }): MadeRecord[] => {
      if (!mapping || problems.length > 0) return [];
      const paths = Object.keys(mapping.fields);
      const encrypted = paths.filter((path) => encryptedAt(strapi, uid, path) !== undefined);
      return [
        {
          key: `content:${uid}`,
          source: 'content',
          activity: name,
          purposes: mapping.purpose,
          persons: mapping.owners.some((owner) => 'subject' in owner) ? ['users', 'visitors'] : ['users'],
          data: paths,
          legalBasis: mapping.legalBasis,
          recipients: [],
          retention: days(mapping.retentionDays),
          measures: ['roles-and-audit', ...(encrypted.length > 0 ? [{ encrypted }] : [])],
        },
      ];
    });
  };

  /** What this plugin itself processes. */
  const ownRecords = (): MadeRecord[] => {
    const { consents, audit, requests } = pluginConfig(strapi);
    const { ip, userAgentFamily, countryHeader } = consents.personal;
    const base = { source: 'privacy-desk' as const, legalBasis: 'legal-obligation' as const, recipients: [] };
    return [
      ...(consents.enabled
        ? [
            {
              ...base,
              key: 'own:consents',
              activity: 'Proof of consent',
              purposes: 'To be able to demonstrate that visitors consented (GDPR, article 7 (1))',
              persons: ['visitors' as const],
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
              retention: 'per-site' as const,
              measures: ['pseudonymous' as const, 'chained' as const, 'keys-each' as const],
            },
          ]
        : []),
      {
        ...base,
        key: 'own:audit',
        activity: 'Audit trail',
        purposes: 'To know who read, exported, changed or erased personal data (GDPR, articles 5 (2) and 32)',
        persons: ['administrators', 'users'],
        data: unique(['name', 'action', 'time', audit.ip !== 'off' ? `IP address, ${audit.ip}` : null]),
        retention: days(audit.retentionDays),
        measures: ['chained', 'keys-each'],
      },
      ...(requests.enabled
        ? [
            {
              ...base,
              key: 'own:requests',
              activity: 'Data requests',
              purposes: 'To answer persons who ask for their rights, and to demonstrate it (GDPR, articles 12 to 22)',
              persons: ['requesters' as const],
              data: ['e-mail address', 'message', 'notes', 'time'],
              retention: { days: requests.retention.contentDays },
              measures: ['keys-each' as const, 'roles-and-audit' as const],
            },
          ]
        : []),
    ];
  };

  const details = createRecordDetails(strapi);
  const made = async (published: readonly ConsentConfig[]): Promise<MadeRecord[]> => [
    ...published.flatMap(trackingRecords),
    ...(await contentRecords()),
    ...ownRecords(),
  ];

  return {
    start: (): Promise<void> => createTables(strapi, recordTables),

    async find(): Promise<ProcessingRecords> {
      const published = await configs();
      const { organisation, activity } = await details.find();
      return {
        createdAt: new Date().toISOString(),
        controllers: published.map(({ site, controller }) => ({ site, name: controller.name ?? null })),
        organisation,
        records: (await made(published)).map((record) => ({ ...record, details: activity(record.key) })),
      };
    },

    /** @throws StaleSave if somebody else has saved meanwhile */
    saveOrganisation: (save: DetailsSave<OrganisationDetails>): Promise<Versioned<OrganisationDetails>> =>
      details.save(ORGANISATION, save),

    /**
     * Saves what only the controller knows of a record; null: there is no such record.
     *
     * @throws StaleSave if somebody else has saved meanwhile
     */
    async saveActivity(key: string, save: DetailsSave<ActivityDetails>): Promise<Versioned<ActivityDetails> | null> {
      const known = (await made(await configs())).some((record) => record.key === key);
      return known ? details.save(key, save) : null;
    },
  };
};
