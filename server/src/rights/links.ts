import type { Core } from '@strapi/strapi';
import { getService } from '../get-service';
import { USER_SUBJECTS } from './tables';

/** A visitor's pseudonymous id that a user of users-permissions showed to be theirs. */
export interface LinkedSubject {
  hash: string;
  /** null: the user showed the receipt token only. */
  subject: string | null;
}

const context = (userId: number, hash: string): string => `subject of user ${userId}: ${hash}`;

/** @param subject in plain, to find entries that hold it */
export const linkSubject = async (
  strapi: Core.Strapi,
  userId: number,
  hash: string,
  subject: string | null,
): Promise<void> => {
  const keyRing = getService('keyRing', { strapi });
  await strapi.db
    .getConnection(USER_SUBJECTS)
    .insert({
      user_id: userId,
      subject_hash: hash,
      sealed_subject: subject && keyRing.seal(subject, context(userId, hash)),
      linked_at_ms: Date.now(),
    })
    .onConflict(['user_id', 'subject_hash'])
    .merge();
};

export const linkedSubjects = async (strapi: Core.Strapi, userIds: number[]): Promise<LinkedSubject[]> => {
  const keyRing = getService('keyRing', { strapi });
  const rows: { user_id: number; subject_hash: string; sealed_subject: string | null }[] = await strapi.db
    .getConnection(USER_SUBJECTS)
    .whereIn('user_id', userIds)
    .select('user_id', 'subject_hash', 'sealed_subject');
  return rows.map(({ user_id, subject_hash: hash, sealed_subject: sealed }) => ({
    hash,
    subject: sealed && keyRing.open(sealed, context(user_id, hash)).toString(),
  }));
};

export const usersOfSubject = async (strapi: Core.Strapi, hash: string): Promise<number[]> => {
  const rows: { user_id: number }[] = await strapi.db
    .getConnection(USER_SUBJECTS)
    .where({ subject_hash: hash })
    .select('user_id');
  return rows.map(({ user_id }) => user_id);
};

/** For the rotation of the master key. */
export const sealedLinks = (strapi: Core.Strapi) => ({
  async reseal(activeKeyId: string, reseal: (sealed: string, context: string) => string): Promise<number> {
    const table = () => strapi.db.getConnection(USER_SUBJECTS);
    const rows: { user_id: number; subject_hash: string; sealed_subject: string }[] = await table()
      .whereNotNull('sealed_subject')
      .whereNot('sealed_subject', 'like', `1.${activeKeyId}.%`)
      .select('user_id', 'subject_hash', 'sealed_subject');
    for (const { user_id, subject_hash, sealed_subject } of rows)
      await table()
        .where({ user_id, subject_hash, sealed_subject })
        .update({ sealed_subject: reseal(sealed_subject, context(user_id, subject_hash)) });
    return rows.length;
  },
});
