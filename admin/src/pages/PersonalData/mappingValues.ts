import type { MapChange, StoredMapping, TypeMapping } from '../../../../contract';
import type { TextKey } from '../../hooks/useText';

/** What the form holds: a mapping that need not be complete. */
export interface MappingValues {
  /** null: not decided yet. */
  personal: boolean | null;
  owners: TypeMapping['owners'];
  purpose: string;
  legalBasis: TypeMapping['legalBasis'];
  /** As it was typed. */
  retention: string;
  erasure: TypeMapping['erasure'];
  reason: string;
  fields: TypeMapping['fields'];
}

const nothing: MappingValues = {
  personal: null,
  owners: [],
  purpose: '',
  legalBasis: 'contract',
  retention: '',
  erasure: 'delete',
  reason: '',
  fields: {},
};

export const valuesOf = ({ mapping, ignored }: StoredMapping): MappingValues =>
  mapping
    ? {
        personal: true,
        owners: mapping.owners,
        purpose: mapping.purpose,
        legalBasis: mapping.legalBasis,
        retention: mapping.retentionDays === null ? '' : String(mapping.retentionDays),
        erasure: mapping.erasure,
        reason: mapping.reason ?? '',
        fields: mapping.fields,
      }
    : { ...nothing, personal: ignored ? false : null };

export const mappingOf = (values: MappingValues): MapChange['mapping'] => {
  const { personal, owners, purpose, legalBasis, retention, erasure, reason, fields } = values;
  if (!personal) return null;
  return {
    owners,
    purpose,
    legalBasis,
    retentionDays: retention.trim() === '' ? null : Number(retention),
    erasure,
    ...(erasure !== 'delete' && reason.trim() && { reason }),
    fields,
  };
};

/** What is missing at first sight, by field: what the server says of it is English. */
export const missingIn = ({ personal, owners, purpose, retention, erasure, reason, fields }: MappingValues) => {
  const missing: Record<string, TextKey> = {};
  if (personal === null) missing.personal = 'personal.entry.undecided';
  if (!personal) return missing;
  if (owners.length === 0) missing.owners = 'personal.entry.owners.missing';
  if (!purpose.trim()) missing.purpose = 'personal.entry.purpose.missing';
  if (!/^\d*$/.test(retention.trim())) missing.retention = 'personal.entry.retention.invalid';
  if (erasure === 'keep' && !reason.trim()) missing.reason = 'personal.entry.reason.missing';
  for (const [path, what] of Object.entries(fields))
    if (typeof what !== 'string' && !what.keep.trim()) missing[`field.${path}`] = 'personal.entry.reason.missing';
  return missing;
};

/**
 * The server's messages, by the name of the form's field: `owner.1`, `field.shipping.street`, `purpose` …; `''` is what is
 * about all of it. A path that does not fit may be an owner's or a field's, which its message tells.
 */
export const errorsByField = (errors: Record<string, string>, values: MappingValues): Record<string, string> => {
  const all: Record<string, string> = {};
  for (const [path, message] of Object.entries(errors)) {
    const [first, ...rest] = path.replace(/^mapping\.?/, '').split('.');
    const below = rest.join('.');
    if (message.startsWith('owner: ')) {
      const index = values.owners.findIndex((owner) => Object.values(owner)[0] === below);
      all[`owner.${Math.max(index, 0)}`] = message.slice('owner: '.length);
    } else if (first === 'owners') all[below ? `owner.${rest[0]}` : 'owners'] = message;
    // The reason of a field that is kept is told at the reason, its name without what follows it.
    else if (first === 'fields' && below) all[`field.${below.replace(/\.keep$/, '')}`] = message;
    else all[first === 'retentionDays' ? 'retention' : (first ?? '')] = message;
  }
  return all;
};
