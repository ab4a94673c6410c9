import type { Core } from '@strapi/strapi';
import type { FoundPerson, PersonQuery } from '../../../contract';
import { subjectIn } from '../ledger/records';
import { subjectHashOf } from '../ledger/ingest';
import { pluginConfig } from '../config';
import { getService } from '../get-service';
import { modelOf, USER_UID } from './map/paths';
import { linkedSubjects, usersOfSubject } from './links';

/** All by which a person is found. */
export interface Person {
  users: { id: number; documentId: string; username: string; email: string }[];
  /** In lower case. */
  emails: string[];
  /** Pseudonymous ids, as far as they are known in plain. */
  subjects: string[];
  /** Keyed hashes of the subjects: how the ledger knows them. */
  subjectHashes: string[];
}

const unique = <Value>(values: Value[]): Value[] => [...new Set(values)];

type Account = Person['users'][number] & { confirmed: boolean | null };

/**
 * Whether entries may be found by the e-mail address of an account: not where anybody can register with anybody's address.
 */
const trustsAddress = async (strapi: Core.Strapi): Promise<(account: Account) => boolean> => {
  const { trustAccountEmail } = pluginConfig(strapi).rights;
  if (trustAccountEmail !== 'confirmed') return () => trustAccountEmail === 'always';
  const store = strapi.store({ type: 'plugin', name: 'users-permissions' });
  const advanced = (await store.get({ key: 'advanced' })) as { email_confirmation?: boolean } | null;
  return ({ confirmed }) => advanced?.email_confirmation === true && confirmed === true;
};

/**
 * Everything that is known of whom a query means: a user has an e-mail address and may have linked subjects, and the other
 * way round.
 */
export const findPerson = async (strapi: Core.Strapi, { user, email, subject }: PersonQuery): Promise<Person> => {
  const hashKey = await getService('keyRing', { strapi }).secret('subject-hashes');
  const plain = subject === undefined ? null : subjectIn(subject);
  const hash = plain === null ? null : subjectHashOf(hashKey, plain);
  const ids = hash === null ? [] : await usersOfSubject(strapi, hash);
  if (user !== undefined) ids.push(user);
  const where = { $or: [{ id: { $in: ids } }, ...(email === undefined ? [] : [{ email: { $eqi: email } }])] };
  const found = modelOf(strapi, USER_UID)
    ? ((await strapi.db
        .query(USER_UID)
        .findMany({ where, select: ['id', 'documentId', 'username', 'email', 'confirmed'] })) as Account[])
    : [];
  // MySQL and MariaDB find an address without an accent by one with it, too: somebody else's.
  const users = found.filter(({ id, email: own }) => ids.includes(id) || own?.toLowerCase() === email?.toLowerCase());
  const trusts = await trustsAddress(strapi);
  const links = await linkedSubjects(
    strapi,
    users.map(({ id }) => id),
  );
  const emails = [...(email === undefined ? [] : [email]), ...users.filter(trusts).map((user) => user.email)];
  return {
    users: users.map(({ confirmed: _, ...user }) => user),
    emails: unique(emails.filter(Boolean).map((address) => address.toLowerCase())),
    subjects: unique([...(plain === null ? [] : [plain]), ...links.flatMap((link) => link.subject ?? [])]),
    subjectHashes: unique([...(hash === null ? [] : [hash]), ...links.map((link) => link.hash)]),
  };
};

export const foundPerson = ({ users, emails, subjectHashes }: Person): FoundPerson => ({
  users: users.map(({ id, username, email }) => ({ id, name: username, email })),
  emails,
  subjects: subjectHashes.length,
});
