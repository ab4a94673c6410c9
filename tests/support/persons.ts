import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { newSubject } from './consents';

/** A person of the shop, with data everywhere; each text of theirs holds a marker of its own. */
export interface SeededPerson {
  id: number;
  documentId: string;
  email: string;
  subject: string;
  /** Begins every marker. */
  name: string;
  markers: string[];
  /** Names of the files they uploaded, as they lie in the public folder. */
  files: string[];
}

type Data = Record<string, unknown>;

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const upload = async (strapi: Core.Strapi, name: string, content: Buffer | string, mimetype: string): Promise<Data> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-upload-'));
  const filepath = path.join(folder, name);
  fs.writeFileSync(filepath, content);
  const [file] = (await strapi
    .plugin('upload')
    .service('upload')
    .upload({
      data: { fileInfo: { name } },
      files: { filepath, originalFilename: name, mimetype, size: fs.statSync(filepath).size },
    })) as Data[];
  fs.rmSync(folder, { recursive: true });
  return file!;
};

const paragraph = (text: string) => [{ type: 'paragraph', children: [{ type: 'text', text }] }];

/** What belongs to nobody: a product, an article, a second language. */
export const seedShop = async (strapi: Core.Strapi): Promise<{ product: string; article: string }> => {
  const locales = strapi.plugin('i18n').service('locales');
  if (!(await locales.findByCode('de'))) await locales.create({ code: 'de', name: 'German (de)' });
  const create = (uid: string, data: Data): Promise<{ documentId: string }> =>
    strapi.documents(uid as never).create({ data: data as never, status: 'published' } as never) as never;
  const product = await create('api::product.product', { name: 'Kettle', price: 49.5 });
  const article = await create('api::article.article', { title: 'How we roast', body: paragraph('Slowly.') });
  return { product: product.documentId, article: article.documentId };
};

/** Creates a person of the shop. `orders`: how many more orders than the two that everybody has. */
export const seedPerson = async (
  strapi: Core.Strapi,
  { product, article }: { product: string; article: string },
  name: string = `p${randomUUID().replaceAll('-', '').slice(0, 10)}`,
): Promise<SeededPerson> => {
  const markers: string[] = [];
  const marker = (what: string): string => {
    const text = `${name}x${what}x${markers.length}x`;
    markers.push(text);
    return text;
  };
  const create = (uid: string, data: Data, options: Data = {}): Promise<{ documentId: string; id: number }> =>
    strapi.documents(uid as never).create({ data, ...options } as never) as never;
  const update = (uid: string, documentId: string, data: Data, options: Data = {}): Promise<unknown> =>
    strapi.documents(uid as never).update({ documentId, data, ...options } as never) as never;

  const email = `${marker('mail')}@example.com`;
  const subject = newSubject();
  markers.push(subject);
  const user = (await strapi
    .plugin('users-permissions')
    .service('user')
    .add({ username: marker('user'), email, password: 'Passw0rd!', confirmed: true, provider: 'local', role: 1 })) as {
    id: number;
    documentId: string;
  };

  const address = () => ({
    fullName: marker('fullName'),
    street: marker('street'),
    postalCode: marker('zip'),
    city: marker('city'),
    phone: marker('phone'),
  });
  const order = (data: Data) =>
    create('api::order.order', {
      number: randomUUID(),
      shipping: { ...address(), country: 'Austria' },
      lines: [
        { product, quantity: 1, engraving: marker('engraving') },
        { product, quantity: 2, gift: { recipientName: marker('recipient'), message: marker('message') } },
      ],
      note: marker('note'),
      total: 99.5,
      ...data,
    });
  const own = await order({ customer: user.documentId, email });
  // As a guest, with the address written in another way.
  await order({ email: email.toUpperCase() });

  const photo = await upload(strapi, `${marker('photo')}.png`, pixel, 'image/png');
  await create('api::return-request.return-request', {
    order: own.documentId,
    reason: marker('reason'),
    iban: marker('iban'),
    photos: [photo.id],
  });
  await create(
    'api::comment.comment',
    { article, author: user.documentId, authorName: marker('author'), text: marker('comment') },
    { status: 'published' },
  );
  await create('api::comment.comment', {
    article,
    visitorId: subject,
    authorName: marker('visitor'),
    text: marker('draft'),
  });
  await create('api::newsletter-subscription.newsletter-subscription', {
    email,
    name: marker('subscriber'),
    sourceIp: '192.0.2.7',
    interests: ['tea'],
  });

  const avatar = await upload(strapi, `${marker('avatar')}.png`, pixel, 'image/png');
  const document = await upload(strapi, `${marker('document')}.txt`, marker('content'), 'text/plain');
  const profile = await create(
    'api::profile.profile',
    {
      user: user.documentId,
      nickname: marker('nickname'),
      iban: marker('profileIban'),
      phone: marker('mobile'),
      birthday: '1990-02-03',
      about: marker('about'),
      story: paragraph(marker('story')),
      avatar: avatar.id,
      documents: [document.id],
      home: address(),
      sections: [
        { __component: 'profile.quote', text: marker('quote') },
        { __component: 'profile.favourite', product, why: marker('why') },
      ],
    },
    { locale: 'en', status: 'published' },
  );
  // The draft goes on from what was published, and the translation has no relation of its own.
  await update('api::profile.profile', profile.documentId, { about: marker('newAbout') }, { locale: 'en' });
  await update(
    'api::profile.profile',
    profile.documentId,
    {
      about: marker('aboutGerman'),
      story: paragraph(marker('storyGerman')),
      sections: [{ __component: 'profile.quote', text: marker('quoteGerman') }],
    },
    { locale: 'de' },
  );

  return {
    id: user.id,
    documentId: user.documentId,
    email,
    subject,
    name,
    markers,
    files: [photo, avatar, document].map((file) => path.basename(String(file.url))),
  };
};

/** Every value of every table in one text, to look for what must not be there. */
export const dumpDatabase = async (strapi: Core.Strapi): Promise<string> => {
  const { connection } = strapi.db;
  const client = strapi.db.dialect.client;
  const found =
    client === 'sqlite'
      ? await connection.raw(`select name from sqlite_master where type = 'table'`)
      : await connection.raw(
          `select table_name as name from information_schema.tables where table_schema = ${client === 'postgres' ? 'current_schema()' : 'database()'}`,
        );
  const rows = (client === 'postgres' ? found.rows : client === 'mysql' ? found[0] : found) as { name: string }[];
  let text = '';
  for (const { name } of rows) text += `\n== ${name}\n${JSON.stringify(await connection(name).select('*'))}`;
  return text;
};

/** A JWT with which a person of the shop is logged in. */
export const tokenOf = (strapi: Core.Strapi, { id }: Pick<SeededPerson, 'id'>): Promise<string> =>
  strapi.plugin('users-permissions').service('jwt').issue({ id });
