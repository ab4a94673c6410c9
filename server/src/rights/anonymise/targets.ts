import type { Core } from '@strapi/strapi';
import type { Generator, TypeMapping } from '../../../../contract';
import type { ColumnCodec } from '../../fields/service';
import { getService } from '../../get-service';
import { modelOf, resolvePath, type Attribute, type PathStep } from '../map/paths';

/** A column whose values are replaced. */
export interface TargetColumn {
  path: string;
  /** Of the attribute. */
  name: string;
  column: string;
  attribute: Attribute;
  generator: Generator;
  /** Of an encrypted field; undefined: the column has plain values. */
  codec?: ColumnCodec | undefined;
}

/** A relation that is cut. */
export interface TargetRelation {
  path: string;
  /** Rows to be removed, by the column that points at the entry; or the entry's own column. */
  cut: { table: string; column: string } | { own: string };
}

/** Personal fields that lie in one table: those of a type, or of a component where the type has it. */
export interface Target {
  /** Names it for good: progress is kept under it. */
  id: string;
  /** Of the content type. */
  type: string;
  /** Whose attributes the columns are: of the type or a component. */
  uid: string;
  table: string;
  /** How the component is reached; empty: the entry itself. */
  steps: PathStep[];
  columns: TargetColumn[];
  relations: TargetRelation[];
  /** Names of media attributes whose files are removed. */
  media: string[];
}

/** An attribute as the database layer knows it; Strapi's own types hide half of it. */
interface MetaAttribute {
  type: string;
  columnName?: string;
  joinColumn?: { name: string };
  joinTable?: { name: string; joinColumn: { name: string } };
  owner?: boolean;
}

/** Table and attributes of a type or component, as the database has them. */
export const metaOf = (
  strapi: Core.Strapi,
  uid: string,
): { table: string; attributes: Record<string, MetaAttribute> } => {
  const { tableName, attributes } = strapi.db.metadata.get(uid);
  return { table: tableName, attributes: attributes as unknown as Record<string, MetaAttribute> };
};

const relationOf = (strapi: Core.Strapi, uid: string, name: string): TargetRelation['cut'] | null => {
  const attribute = metaOf(strapi, uid).attributes[name];
  if (attribute?.joinTable) return { table: attribute.joinTable.name, column: attribute.joinTable.joinColumn.name };
  return attribute?.joinColumn && attribute.owner !== false ? { own: attribute.joinColumn.name } : null;
};

/** Attributes of a mapping, gathered by the table they lie in. */
export const targetsOf = (strapi: Core.Strapi, type: string, fields: TypeMapping['fields']): Target[] => {
  const targets = new Map<string, Target>();
  for (const [path, generator] of Object.entries(fields)) {
    if (typeof generator !== 'string') continue;
    const { steps, model, name, attribute } = resolvePath(strapi, type, path);
    const place = steps.map((step) => (step.kind === 'zone' ? `${step.attribute}[${step.target}]` : step.attribute));
    const id = [type, ...place].join(' → ');
    const { table, attributes } = metaOf(strapi, model);
    let target = targets.get(id);
    if (!target) {
      target = { id, type, uid: model, table, steps, columns: [], relations: [], media: [] };
      targets.set(id, target);
    }
    if (attribute.type === 'media') target.media.push(name);
    else if (attribute.type === 'relation') {
      const cut = relationOf(strapi, model, name);
      if (cut) target.relations.push({ path, cut });
    } else target.columns.push({ path, name, column: attributes[name]!.columnName ?? name, attribute, generator });
  }
  return [...targets.values()];
};

/** Lets encrypted columns be read and written. */
export const withCodecs = async (strapi: Core.Strapi, targets: Target[]): Promise<Target[]> => {
  const fields = getService('fields', { strapi });
  for (const { uid, columns } of targets)
    for (const column of columns) column.codec = (await fields.codecOf(uid, column.name)) ?? undefined;
  return targets;
};

export const ADMIN_UID = 'admin::user';

/** Whoever works in the panel is a person, too. */
const ADMIN_FIELDS = { firstname: 'firstName', lastname: 'lastName', username: 'username', email: 'email' } as const;

/** Everything that is replaced, cut or removed. */
export const allTargets = async (
  strapi: Core.Strapi,
  map: Map<string, TypeMapping>,
  keepAdmins: boolean,
): Promise<Target[]> => {
  const targets = [
    ...[...map].flatMap(([uid, { fields }]) => targetsOf(strapi, uid, fields)),
    ...(keepAdmins || !modelOf(strapi, ADMIN_UID) ? [] : targetsOf(strapi, ADMIN_UID, ADMIN_FIELDS)),
  ];
  return withCodecs(strapi, targets);
};
