import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { ActivityDetails, DetailsSave, OrganisationDetails, Versioned } from '../../../../contract';
import { qualified } from '../../database/own-tables';
import { getService } from '../../get-service';
import { requireCurrent, versionOf } from '../../http/versions';
import { RECORD_DETAILS } from './tables';

export const ORGANISATION = 'organisation';

const noOrganisation: OrganisationDetails = {
  controller: '',
  joint: '',
  representative: '',
  officer: '',
  measures: '',
};
const noActivity: ActivityDetails = { recipients: '', transfers: '', measures: '' };

type Details = OrganisationDetails | ActivityDetails;

const emptyOf = (key: string): Details => (key === ORGANISATION ? noOrganisation : noActivity);

const versioned = <Form>(form: Form): Versioned<Form> => ({ version: versionOf(form), form });

/** What only the controller knows of its processings: a row per record, and one for the organisation. */
export const createRecordDetails = (strapi: Core.Strapi) => {
  const read = async (trx?: Knex.Transaction): Promise<Map<string, Details>> => {
    const table = trx ? trx(qualified(strapi, RECORD_DETAILS)) : strapi.db.getConnection(RECORD_DETAILS);
    const rows: { record_key: string; details: string }[] = await table.select('record_key', 'details');
    return new Map(rows.map(({ record_key, details }) => [record_key, JSON.parse(details) as Details]));
  };
  const of = <Form extends Details>(all: ReadonlyMap<string, Details>, key: string): Form =>
    ({ ...emptyOf(key), ...all.get(key) }) as Form;

  return {
    /** All of it, read at once. */
    async find(): Promise<{
      organisation: Versioned<OrganisationDetails>;
      activity: (key: string) => Versioned<ActivityDetails>;
    }> {
      const all = await read();
      return {
        organisation: versioned(of<OrganisationDetails>(all, ORGANISATION)),
        activity: (key) => versioned(of<ActivityDetails>(all, key)),
      };
    },

    /**
     * Saves one of them, and has the audit trail say so; both or neither.
     *
     * @throws StaleSave if somebody else has saved meanwhile
     */
    async save<Form extends Details>(key: string, { version, form }: DetailsSave<Form>): Promise<Versioned<Form>> {
      await strapi.db.transaction(async ({ trx }) => {
        const current = of<Form>(await read(trx), key);
        requireCurrent(version, current);
        await trx(qualified(strapi, RECORD_DETAILS))
          .insert({ record_key: key, details: JSON.stringify(form), changed_at_ms: Date.now() })
          .onConflict('record_key')
          .merge();
        const fields = (Object.keys(form) as (keyof Form & string)[]).filter((field) => form[field] !== current[field]);
        await getService('audit', { strapi }).record(
          {
            action: 'personal-data.records',
            target: { type: 'processing-record' },
            // They may name people, the data protection officer for instance: only that they changed is kept.
            changes: fields.map((field) => ({ field, before: current[field], after: form[field] })),
            detail: { record: key },
          },
          trx,
        );
      });
      return versioned(form);
    },
  };
};
