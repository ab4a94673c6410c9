import type { Core } from '@strapi/strapi';
import type { MapNote, Owner, TypeMapping } from '../../../../contract';
import { getService } from '../../get-service';
import { misfit } from './generators-that-fit';
import { isOwnAttribute, modelOf, PathError, resolvePath, USER_UID, type ResolvedPath } from './paths';

const TEXTS = ['string', 'text', 'email', 'uid'];

/** Types that Strapi and this plugin keep for themselves. */
const INTERNAL =
  /^(admin::|strapi::|plugin::(upload|i18n|content-releases|review-workflows|content-manager|content-type-builder|privacy-desk)\.|plugin::users-permissions\.(role|permission)$)/;

/** Content types that can hold data of a site's own visitors and customers. */
export const mappableTypes = (strapi: Core.Strapi): string[] =>
  Object.keys(strapi.contentTypes)
    .filter((uid) => !INTERNAL.test(uid))
    .sort();

export const ownerPath = (owner: Owner): string =>
  'user' in owner ? owner.user : 'email' in owner ? owner.email : owner.subject;

/** Whether the path stays within the entry and its components. */
export const withinEntry = ({ steps }: ResolvedPath): boolean => steps.every(({ kind }) => kind !== 'relation');

/** The encrypted field that a path leads to; undefined: it is a plain one. */
export const encryptedAt = (strapi: Core.Strapi, uid: string, path: string) => {
  const { model, name } = resolvePath(strapi, uid, path);
  return getService('fields', { strapi })
    .mapOf(model)
    ?.attributes.find((attribute) => attribute.name === name);
};

const collect = (path: string | null, check: () => string | null): MapNote[] => {
  try {
    const message = check();
    return message === null ? [] : [{ path, message }];
  } catch (error) {
    if (error instanceof PathError) return [{ path, message: error.message }];
    throw error;
  }
};

/**
 * Why nobody can be looked up by this; null: they can.
 *
 * @throws PathError if the path leads nowhere
 */
export const ownerProblem = (strapi: Core.Strapi, uid: string, owner: Owner): string | null => {
  const path = ownerPath(owner);
  if ('user' in owner && path === '.')
    return uid === USER_UID ? null : `“.” means the user itself, which ${uid} is not`;
  const { steps, attribute, name } = resolvePath(strapi, uid, path);
  if (steps.some(({ kind }) => kind === 'zone'))
    return 'leads through a dynamic zone, in which nobody can be looked up';
  if ('user' in owner)
    return attribute.type === 'relation' && attribute.target === USER_UID
      ? null
      : `“${name}” is no relation with a user of users-permissions`;
  if (encryptedAt(strapi, uid, path)?.blindIndex === false)
    return `“${name}” is encrypted and has no blind index, so nobody can be looked up by it`;
  return TEXTS.includes(attribute.type) ? null : `“${name}” is of type ${attribute.type}, and not a text`;
};

/**
 * What is wrong with a mapping, compared with the schemas that are there.
 *
 * @returns all of it; empty: the mapping can be used
 */
export const mappingProblems = (strapi: Core.Strapi, uid: string, mapping: TypeMapping): MapNote[] => {
  if (!modelOf(strapi, uid)) return [{ path: null, message: `there is no content type ${uid}` }];
  if (!mappableTypes(strapi).includes(uid)) return [{ path: null, message: `${uid} belongs to Strapi itself` }];
  const { owners, erasure, fields } = mapping;
  const problems = owners.flatMap((owner) =>
    collect(ownerPath(owner), () => ownerProblem(strapi, uid, owner)).map(({ path, message }) => ({
      path,
      message: `owner: ${message}`,
    })),
  );
  for (const [path, what] of Object.entries(fields))
    problems.push(
      ...collect(path, () => {
        const resolved = resolvePath(strapi, uid, path);
        if (!withinEntry(resolved)) return 'leads to another entry: map the field there';
        if (isOwnAttribute(resolved.name)) return `“${resolved.name}” is kept by Strapi itself`;
        return typeof what === 'string' ? misfit(what, resolved.attribute) : null;
      }),
    );
  if (erasure === 'anonymise' && Object.values(fields).every((what) => typeof what !== 'string'))
    problems.push({ path: null, message: 'anonymising would change nothing: no field has a generator' });
  if (erasure === 'anonymise')
    for (const owner of owners) {
      const path = ownerPath(owner);
      if ('user' in owner || Object.hasOwn(fields, path)) continue;
      problems.push(
        ...collect(path, () =>
          withinEntry(resolvePath(strapi, uid, path))
            ? 'says whose an entry is, so an anonymised one would still tell: it belongs to the fields'
            : null,
        ),
      );
    }
  return problems;
};
