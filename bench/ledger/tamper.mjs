/** Random changes to single rows of the consents, each undone again. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';

const CONSENTS = 'privacy_desk_consents';

const otherText = (text) => {
  const at = randomInt(text.length);
  return text.slice(0, at) + (text[at] === 'x' ? 'y' : 'x') + text.slice(at + 1);
};
const otherNumber = (number) => Number(number) + (randomInt(2) ? 1 : -1) * (1 + randomInt(1000));
const otherBytes = (bytes) => {
  const other = Buffer.from(bytes);
  other[randomInt(other.length)] ^= 1 << randomInt(8);
  return other;
};

/** What another value of each column is. */
const altered = {
  id: () => randomUUID(),
  decided_at_ms: otherNumber,
  recorded_at_ms: otherNumber,
  segment: otherText,
  seq: otherNumber,
  sealed_seq: otherNumber,
  site: otherText,
  locale: otherText,
  config_version: otherText,
  source: otherText,
  choices: (text) => (text.includes('true') ? text.replace('true', 'false') : otherText(text)),
  details: () => '{"gpc":true}',
  subject_ref: otherText,
  previous_hash: otherBytes,
  hash: otherBytes,
  seal: (text) =>
    text === null
      ? `${randomBytes(32).toString('base64url')}.${randomBytes(64).toString('base64url')}`
      : randomInt(2)
        ? null
        : otherText(text),
};

const ways = {
  alter: 8,
  remove: 2,
  insert: 2,
  move: 2,
};
const anyWay = () => {
  const all = Object.entries(ways).flatMap(([way, times]) => Array(times).fill(way));
  return all[randomInt(all.length)];
};

/**
 * @param knex connection of the database
 * @param verify reads the ledger and tells its problems
 * @param count how many tamperings, one after the other
 * @returns how many were found and named their segment; what was not found; whether all was as written in the end
 */
export const tamper = async (knex, verify, count) => {
  const rows = await knex(CONSENTS).select('*');
  const where = ({ id, decided_at_ms }) => knex(CONSENTS).where({ id, decided_at_ms });
  let found = 0;
  const unseen = [];
  for (let number = 0; number < count; number++) {
    const row = rows[randomInt(rows.length)];
    const way = anyWay();
    let told = `${way} ${row.segment} ${row.seq}`;
    let undo;
    if (way === 'alter') {
      const columns = Object.keys(altered);
      const column = columns[randomInt(columns.length)];
      const changed = { ...row, [column]: altered[column](row[column]) };
      await where(row).update({ [column]: changed[column] });
      told += ` ${column}`;
      undo = () => where(changed).update(row);
    } else if (way === 'remove') {
      await where(row).delete();
      undo = () => knex(CONSENTS).insert(row);
    } else if (way === 'insert') {
      const copy = { ...row, id: randomUUID() };
      await knex(CONSENTS).insert(copy);
      undo = () => where(copy).delete();
    } else {
      const place = rows[randomInt(rows.length)];
      const moved = { ...row, segment: place.segment, seq: place === row ? otherNumber(row.seq) : place.seq };
      await where(row).update({ segment: moved.segment, seq: moved.seq });
      undo = () => where(moved).update(row);
    }
    const { problems } = await verify();
    if (problems.some(({ segment, kind }) => segment === row.segment || kind === 'subject')) found += 1;
    else unseen.push(`${told}: ${JSON.stringify(problems.slice(0, 2))}`);
    await undo();
  }
  return { found, unseen, consents: rows.length, clean: (await verify()).ok };
};
