import fs from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { rawRows } from '../../server/src/database/raw-insert';

type Data = Record<string, unknown>;

/** A shop full of persons, each of whose values can be recognised. */
export interface ShopCorpus {
  /** Every personal value that was written. */
  markers: string[];
  users: { id: number; email: string }[];
  orders: string[];
  profiles: string[];
}

const documents = (strapi: Core.Strapi, uid: string) =>
  strapi.documents(uid as never) as unknown as Record<
    'create' | 'update' | 'publish',
    (parameters: { documentId?: string; data?: Data; locale?: string; status?: string }) => Promise<{
      documentId: string;
      id: number;
    }>
  >;

const upload = async (strapi: Core.Strapi, name: string, content: string): Promise<number> => {
  const folder = path.join(strapi.dirs.static.public, 'uploads');
  const hash = name.replace(/\W/g, '_');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${hash}.txt`), content);
  const file = await strapi.db.query('plugin::upload.file').create({
    data: { name, hash, ext: '.txt', mime: 'text/plain', size: 1, url: `/uploads/${hash}.txt`, provider: 'local' },
  });
  return file.id as number;
};

/** Writes persons with orders, comments, returns, subscriptions and profiles: drafts and published ones, in English and German. */
export const writeShop = async (strapi: Core.Strapi, persons = 3): Promise<ShopCorpus> => {
  const corpus: ShopCorpus = { markers: [], users: [], orders: [], profiles: [] };
  /** A value that is looked for later. */
  const mark = (value: string): string => {
    corpus.markers.push(value);
    return value;
  };
  const locales = strapi.plugin('i18n').service('locales');
  if (!(await locales.findByCode('de'))) await locales.create({ code: 'de', name: 'de' });
  const product = await documents(strapi, 'api::product.product').create({
    data: { name: 'A chair for everybody', sku: 'chair' },
    locale: 'en',
  });
  await documents(strapi, 'api::product.product').update({
    documentId: product.documentId,
    data: { name: 'Ein Stuhl für alle' },
    locale: 'de',
  });
  const article = await documents(strapi, 'api::article.article').create({
    data: { title: 'How to sit' },
    locale: 'en',
  });

  for (let number = 1; number <= persons; number++) {
    const who = `zq${number}`;
    const email = mark(`${who}.berta@example.net`);
    const phone = mark(`+49 151 ${7_100_000 + number * 7}`);
    const iban = mark(`DE89 3704 0044 0532 ${String(130_000 + number).replace(/(\d{4})/, '$1 ')}`);
    const name = mark(`Zqfirst${number} Zqlast${number}`);
    const visitor = mark(`visitor-${who}-0123456789`);
    const user = await strapi.db.query('plugin::users-permissions.user').create({
      data: {
        username: mark(`${who}_nickname`),
        email,
        provider: 'local',
        password: mark(`$2a$10$hash-${who}`),
        resetPasswordToken: mark(`reset-token-${who}`),
        confirmed: true,
      },
    });
    corpus.users.push({ id: user.id as number, email });
    const address = (place: string): Data => ({
      fullName: name,
      street: mark(`${place} Zqstreet ${number}`),
      postalCode: `1${number}115`,
      city: `Zqtown${number}`,
      country: 'Germany',
      phone,
    });

    const order = await documents(strapi, 'api::order.order').create({
      data: {
        number: `2026-${number}`,
        customer: user.id,
        email,
        shipping: address('Shipping'),
        lines: [
          { product: product.documentId, quantity: 1, engraving: mark(`For Zqchild${number} with love`) },
          {
            product: product.documentId,
            quantity: 2,
            engraving: mark(`Engraved for Zqaunt${number}`),
            gift: {
              recipientName: mark(`Zqgift${number} Zqaunt`),
              message: mark(`Dear Zqgift${number}, all the best`),
            },
          },
        ],
        note: mark(`Ring at Zqneighbour${number} please`),
        total: 10.5,
        status: 'paid',
      },
    });
    corpus.orders.push(order.documentId);
    const photo = await upload(strapi, mark(`damage-${who}.txt`), mark(`photo of the damage ${who}`));
    await documents(strapi, 'api::return-request.return-request').create({
      data: { order: order.documentId, reason: mark(`Too hard for Zqback${number}`), iban, photos: [photo] },
    });
    const comment = await documents(strapi, 'api::comment.comment').create({
      data: {
        article: article.documentId,
        author: user.id,
        authorName: name,
        visitorId: visitor,
        text: mark(`I am Zqauthor${number} and I sit`),
      },
      status: 'published',
    });
    await documents(strapi, 'api::comment.comment').update({
      documentId: comment.documentId,
      data: { text: mark(`A draft of Zqauthor${number}, not published`) },
    });
    await documents(strapi, 'api::newsletter-subscription.newsletter-subscription').create({
      data: { email, name, sourceIp: mark(`203.0.113.${number}`), interests: ['chairs'] },
    });

    const shared = {
      user: user.id,
      nickname: mark(`${who}-nick-of-all`),
      phone,
      iban,
      birthday: `198${number}-02-03`,
      avatar: await upload(strapi, mark(`portrait-${who}.txt`), mark(`portrait of ${who}`)),
      documents: [await upload(strapi, mark(`passport-${who}.txt`), mark(`passport of ${who}`))],
      home: address('Home'),
    };
    const localized = (locale: string): Data => ({
      about: mark(`About Zqperson${number} in ${locale}`),
      story: [
        { type: 'paragraph', children: [{ type: 'text', text: mark(`Story of Zqperson${number} in ${locale}`) }] },
      ],
      sections: [
        { __component: 'profile.quote', text: mark(`Quote of Zqperson${number} in ${locale}`) },
        {
          __component: 'profile.favourite',
          product: product.documentId,
          why: mark(`Because Zqperson${number} likes it in ${locale}`),
        },
      ],
    });
    const profile = await documents(strapi, 'api::profile.profile').create({
      data: { ...shared, ...localized('English') },
      locale: 'en',
      status: 'published',
    });
    corpus.profiles.push(profile.documentId);
    await documents(strapi, 'api::profile.profile').update({
      documentId: profile.documentId,
      locale: 'de',
      data: { ...shared, ...localized('German') },
    });
  }
  return corpus;
};

/** Every text of every table, as `table.column: value`. */
export const dump = async (strapi: Core.Strapi): Promise<string[]> => {
  const knex = strapi.db.connection;
  const client = strapi.db.dialect.client;
  const names = rawRows<{ name: string }>(
    strapi,
    await knex.raw(
      client === 'sqlite'
        ? "select name from sqlite_master where type = 'table'"
        : client === 'postgres'
          ? "select tablename as name from pg_tables where schemaname = 'public'"
          : 'select table_name as name from information_schema.tables where table_schema = database()',
    ),
  );
  const cells: string[] = [];
  for (const { name } of names)
    for (const row of (await knex(name).select()) as Data[])
      for (const [column, value] of Object.entries(row))
        if (value !== null)
          cells.push(`${name}.${column}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return cells.sort();
};

/** Names and contents of all uploaded files. */
export const uploadedFiles = (strapi: Core.Strapi): string[] => {
  const folder = path.join(strapi.dirs.static.public, 'uploads');
  return fs.readdirSync(folder).map((name) => `${name}: ${fs.readFileSync(path.join(folder, name), 'utf8')}`);
};
