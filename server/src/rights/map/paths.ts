import type { Core } from '@strapi/strapi';

export const USER_UID = 'plugin::users-permissions.user';

/** An attribute of a schema, as far as it is looked at here. */
export interface Attribute {
  type: string;
  required?: boolean;
  unique?: boolean;
  private?: boolean;
  searchable?: boolean;
  multiple?: boolean;
  repeatable?: boolean;
  component?: string;
  components?: string[];
  relation?: string;
  target?: string;
  maxLength?: number;
  minLength?: number;
  /** Of numbers. */
  min?: number;
  max?: number;
  /** Pattern of texts. */
  regex?: string;
  enum?: string[];
  default?: unknown;
  customField?: string;
}

/** A schema, of a content type or a component. */
export interface Model {
  uid: string;
  attributes: Record<string, Attribute>;
  info: { displayName: string };
}

/** One step from a model to another one. */
export interface PathStep {
  kind: 'component' | 'zone' | 'relation';
  attribute: string;
  /** Where it leads: uid of a component or content type. */
  target: string;
}

/** A path that leads somewhere: the steps, and the attribute at the end. */
export interface ResolvedPath {
  steps: PathStep[];
  /** The model the attribute belongs to. */
  model: string;
  name: string;
  attribute: Attribute;
}

/** A path that leads nowhere. */
export class PathError extends Error {}

export const modelOf = (strapi: Core.Strapi, uid: string): Model | undefined =>
  (strapi.contentTypes as unknown as Record<string, Model | undefined>)[uid] ??
  (strapi.components as unknown as Record<string, Model | undefined>)[uid];

const PART = /^([A-Za-z_]\w*)(?:\[([\w-]+\.[\w-]+)\])?$/;

/** Splits at the dots that are not within brackets: names of components have dots, too. */
const partsOf = (path: string): string[] => path.match(/(?:[^.[\]]+|\[[^\]]*\])+/g) ?? [];

const step = (name: string, component: string | undefined, { uid, attributes }: Model): PathStep => {
  const attribute = attributes[name]!;
  if (component && attribute.type !== 'dynamiczone')
    throw new PathError(`“${name}” of ${uid} is no dynamic zone, so no component can be named in brackets`);
  if (attribute.type === 'component') return { kind: 'component', attribute: name, target: attribute.component! };
  if (attribute.type === 'dynamiczone') {
    const known = attribute.components!;
    if (!component)
      throw new PathError(`“${name}” of ${uid} is a dynamic zone: name the component, ${name}[${known[0]}].…`);
    if (!known.includes(component))
      throw new PathError(
        `the dynamic zone “${name}” of ${uid} has no component ${component}; it has ${known.join(', ')}`,
      );
    return { kind: 'zone', attribute: name, target: component };
  }
  if (attribute.type === 'relation' && attribute.target)
    return { kind: 'relation', attribute: name, target: attribute.target };
  throw new PathError(`“${name}” of ${uid} is of type ${attribute.type}: nothing lies below it`);
};

/**
 * Follows a path through components, dynamic zones and relations.
 *
 * @throws PathError that says where it leads nowhere
 */
export const resolvePath = (strapi: Core.Strapi, uid: string, path: string): ResolvedPath => {
  let model = modelOf(strapi, uid);
  if (!model) throw new PathError(`there is no content type ${uid}`);
  const parts = partsOf(path);
  if (parts.length === 0 || parts.join('.') !== path) throw new PathError(`“${path}” is no path`);
  const steps: PathStep[] = [];
  for (const [index, part] of parts.entries()) {
    const [, name, component] = PART.exec(part) ?? [];
    if (!name) throw new PathError(`“${part}” in “${path}” is no name of a field`);
    const attribute: Attribute | undefined = Object.hasOwn(model.attributes, name) ? model.attributes[name] : undefined;
    if (!attribute) throw new PathError(`${model.uid} has no field “${name}”`);
    if (index === parts.length - 1) {
      if (component) throw new PathError(`“${path}” ends at a component, and not at a field`);
      return { steps, model: model.uid, name, attribute };
    }
    const next = step(name, component, model);
    steps.push(next);
    model = modelOf(strapi, next.target);
    if (!model) throw new PathError(`“${name}” leads to ${next.target}, which does not exist`);
  }
  throw new PathError(`“${path}” is no path`);
};

/** Attributes that Strapi keeps for itself. */
const OWN_ATTRIBUTES = [
  'createdAt',
  'updatedAt',
  'publishedAt',
  'createdBy',
  'updatedBy',
  'locale',
  'localizations',
  'documentId',
];
export const isOwnAttribute = (name: string): boolean => OWN_ATTRIBUTES.includes(name) || name === 'id';

/** Components within components end here at the latest; Strapi's own builder allows no deeper ones. */
const DEEPEST = 6;

/** Every field of a type with its path, through components and dynamic zones, and not through relations. */
export function* fieldsOf(
  strapi: Core.Strapi,
  uid: string,
  prefix = '',
  depth = 0,
): Generator<{ path: string; name: string; attribute: Attribute }> {
  const model = modelOf(strapi, uid);
  if (!model || depth > DEEPEST) return;
  for (const [name, attribute] of Object.entries(model.attributes)) {
    if (isOwnAttribute(name)) continue;
    const path = `${prefix}${name}`;
    if (attribute.type === 'component') yield* fieldsOf(strapi, attribute.component!, `${path}.`, depth + 1);
    else if (attribute.type === 'dynamiczone')
      for (const component of attribute.components ?? [])
        yield* fieldsOf(strapi, component, `${path}[${component}].`, depth + 1);
    else yield { path, name, attribute };
  }
}
