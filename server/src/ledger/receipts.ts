import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Core } from '@strapi/strapi';
import type { ConsentConfig, ConsentReceipt, Lifetime } from '../../../contract';
import type { KeyRing } from '../keys/service';
import { createLiveStore } from '../publishing/live-store';
import type { ConsentDetails, ConsentRow } from './record';

const gunzip = promisify(zlib.gunzip);
const REMEMBERED_CONFIGS = 20;

const lifetime = (value: Lifetime | undefined): string =>
  typeof value === 'number' ? `PT${value}S` : (value ?? 'unknown');

/** ISO/IEC TS 27560:2023, "event state". */
const stateOf = (granted: boolean, source: string): string =>
  granted ? 'consent given' : source === 'withdraw' ? 'consent withdrawn' : 'consent refused';

/**
 * The fields of a receipt: those of ISO/IEC TS 27560:2023 (header, processing, parties, events) beside those of the
 * Kantara Initiative's Consent Receipt 1.1, filled from the config version that the visitor was shown.
 */
export const receiptFields = (row: ConsentRow, config: ConsentConfig): Record<string, unknown> => {
  const choices = JSON.parse(row.choices) as Record<string, boolean>;
  const details = JSON.parse(row.details) as ConsentDetails;
  const decidedAt = new Date(row.decided_at_ms).toISOString();
  const principal = row.subject_ref === '-' ? row.id : row.subject_ref;
  const controller = config.controller.name ?? config.site;
  const decided = config.categories.filter(({ key }) => key in choices);
  const states = decided.map(({ key }) => ({ key, granted: choices[key]! }));
  const providersOf = (items: ConsentConfig['categories'][number]['items']): string[] => [
    ...new Set(items.flatMap(({ provider }) => provider ?? [])),
  ];
  return {
    // ISO/IEC TS 27560:2023
    schema_version: 'ISO/IEC TS 27560:2023',
    record_id: row.id,
    receipt_id: row.id,
    pii_principal_id: principal,
    pii_processing: {
      privacy_notice: config.links.policy ?? null,
      language: config.locale,
      purposes: decided.map(({ key, name, items }) => ({
        purpose_id: key,
        purpose: name,
        lawful_basis: 'consent',
        pii_information: items.map((item) => ({
          item_id: item.key,
          name: item.name,
          provider: item.provider ?? null,
          allowed: (choices[`item:${item.key}`] ?? choices[key]!) && choices[key]!,
          storage: item.storage.map((entry) => ({
            name: entry.name,
            kind: entry.kind,
            retention_period: lifetime(entry.lifetime),
          })),
        })),
        recipients: providersOf(items),
        withdrawal_method: config.texts.openSettings,
      })),
    },
    party_identification: [
      {
        party_id: config.site,
        party_name: controller,
        party_role: 'pii controller',
        party_url: config.links.imprint ?? null,
      },
    ],
    events: states.map(({ key, granted }) => ({
      purpose_id: key,
      event_time: decidedAt,
      event_type: 'explicit',
      event_state: stateOf(granted, row.source),
      validity_duration: `PT${config.choice.maxAgeSeconds}S`,
      entity_id: principal,
    })),
    // Kantara Initiative, Consent Receipt Specification 1.1
    version: 'KI-CR-v1.1.0',
    jurisdiction: config.regime,
    consentTimestamp: Math.floor(row.decided_at_ms / 1000),
    collectionMethod: `${details.layer ?? 'website'}: ${row.source}`,
    consentReceiptID: row.id,
    language: config.locale,
    piiPrincipalId: principal,
    piiControllers: [{ piiController: controller, piiControllerUrl: config.links.imprint ?? null }],
    policyUrl: config.links.policy ?? null,
    services: decided.map(({ key, name, items }) => ({
      service: key,
      purposes: [
        {
          purpose: name,
          purposeCategory: [key],
          consentType: 'EXPLICIT',
          consentGiven: choices[key],
          piiCategory: [...new Set(items.flatMap(({ storage }) => storage.map(({ kind }) => kind)))],
          primaryPurpose: false,
          termination: `PT${config.choice.maxAgeSeconds}S`,
          thirdPartyDisclosure: providersOf(items).length > 0,
          thirdPartyName: providersOf(items).join(', ') || null,
        },
      ],
    })),
    sensitive: false,
    spiCat: [],
    // What Privacy Desk recorded, as it was hashed.
    privacyDesk: {
      site: row.site,
      locale: row.locale,
      configVersion: row.config_version,
      source: row.source,
      choices,
      previousChoices: details.previous ?? null,
      gpc: details.gpc ?? false,
      decidedAt,
      recordedAt: new Date(row.recorded_at_ms).toISOString(),
      decidedInFuture: details.future ?? false,
      chain: {
        segment: row.segment,
        seq: row.seq,
        previousHash: row.previous_hash.toString('base64url'),
        hash: row.hash.toString('base64url'),
      },
    },
  };
};

/** Makes receipts when they are asked for. */
export const createReceipts = (strapi: Core.Strapi, keyRing: KeyRing) => {
  const store = createLiveStore(strapi);
  const configs = new Map<string, ConsentConfig>();

  const configOf = async (version: string): Promise<ConsentConfig> => {
    const known = configs.get(version);
    if (known) return known;
    const zipped = await store.readVersion(version);
    if (!zipped) throw new Error(`The config version ${version} is missing`);
    const config = JSON.parse((await gunzip(zipped)).toString()) as ConsentConfig;
    if (configs.size >= REMEMBERED_CONFIGS) configs.delete(configs.keys().next().value!);
    configs.set(version, config);
    return config;
  };

  return {
    async make(row: ConsentRow): Promise<ConsentReceipt> {
      const receipt = receiptFields(row, await configOf(row.config_version));
      return {
        id: row.id,
        recordedAt: new Date(row.recorded_at_ms).toISOString(),
        receipt,
        jws: await keyRing.signJws(receipt, 'consent-receipt+jws'),
      };
    },
  };
};

export type Receipts = ReturnType<typeof createReceipts>;
