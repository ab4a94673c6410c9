import type { Core } from '@strapi/strapi';
import type { z } from 'zod';
import { validationError } from '../errors';

/**
 * The body or query of an admin request as its schema reads it.
 *
 * @throws Strapi's validation error (400), with a message per field
 */
export const parseInput = <Schema extends z.ZodType>(
  strapi: Core.Strapi,
  schema: Schema,
  input: unknown,
): z.output<Schema> => {
  const { data, error } = schema.safeParse(input ?? {});
  if (!error) return data as z.output<Schema>;
  throw validationError(
    strapi,
    error.issues.flatMap((issue) => {
      const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
      return issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...path, key], message: 'is not known' }))
        : [{ path, message: issue.message }];
    }),
  );
};
