import { createRequire } from 'node:module';
import path from 'node:path';
import type { Core } from '@strapi/strapi';

/** One rule that a value breaks; `path` leads to the field, for instance `['storage', 2, 'name']`. */
export interface FieldProblem {
  path: (string | number)[];
  message: string;
}

type ValidationErrorClass = new (message: string, details: unknown) => Error;

/**
 * Core's own ValidationError. Core recognises its errors with `instanceof`, and npm may give a plugin a second copy
 * of `@strapi/utils`, whose errors would be answered with 500. So the way to it leads through core.
 */
const coreValidationError = (strapi: Core.Strapi): ValidationErrorClass => {
  const require = ['@strapi/strapi', '@strapi/core'].reduce(
    (from, name) => createRequire(from.resolve(name)),
    createRequire(path.join(strapi.dirs.app.root, 'package.json')),
  );
  return (require('@strapi/utils') as { errors: { ValidationError: ValidationErrorClass } }).errors.ValidationError;
};

/** The error that REST answers with 400 and that the Content Manager shows at the fields. */
export const validationError = (strapi: Core.Strapi, problems: FieldProblem[]): Error => {
  const message = problems.map((problem) => `${problem.path.join('.')}: ${problem.message}`).join('\n');
  const errors = problems.map((problem) => ({ ...problem, path: problem.path.map(String), name: 'ValidationError' }));
  return new (coreValidationError(strapi))(message, { errors });
};
