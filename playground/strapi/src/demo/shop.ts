import type { Core } from '@strapi/types';

type Data = Record<string, unknown>;

const paragraph = (text: string) => [{ type: 'paragraph', children: [{ type: 'text', text }] }];

const accounts = [
  { username: 'anna.berger', email: 'anna.berger@example.com' },
  { username: 'jonas', email: 'jonas.keller@example.com' },
  { username: 'claire.dubois', email: 'claire.dubois@example.com' },
] as const;
type Account = (typeof accounts)[number]['username'];

const homes = {
  anna: {
    fullName: 'Anna Berger',
    street: 'Lange Reihe 14',
    postalCode: '20099',
    city: 'Hamburg',
    country: 'Germany',
    phone: '+49 40 5550142',
  },
  jonas: {
    fullName: 'Jonas Keller',
    street: 'Mariahilfer Straße 51',
    postalCode: '1060',
    city: 'Wien',
    country: 'Austria',
    phone: '+43 1 5550178',
  },
  claire: {
    fullName: 'Claire Dubois',
    street: '8 rue des Tables Claudiennes',
    postalCode: '69001',
    city: 'Lyon',
    country: 'France',
    phone: '+33 4 55 50 01 96',
  },
  marta: {
    fullName: 'Marta Nowak',
    street: 'ul. Długa 27',
    postalCode: '31-147',
    city: 'Kraków',
    country: 'Poland',
    phone: '+48 12 555 01 33',
  },
};

/** What a coffee shop knows of its customers: accounts, orders, comments, subscriptions, profiles. All of it is made up. */
export const seedShop = async (strapi: Core.Strapi): Promise<void> => {
  const create = (uid: string, data: Data, status?: 'published'): Promise<{ documentId: string }> =>
    strapi.documents(uid as never).create({ data, ...(status && { status }) } as never) as never;

  const role = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'authenticated' } });
  const users = {} as Record<Account, string>;
  for (const account of accounts) {
    const user = await strapi
      .plugin('users-permissions')
      .service('user')
      .add({ ...account, password: 'Privacy-Desk-1', confirmed: true, provider: 'local', role: role?.id });
    users[account.username] = user.documentId;
  }
  const customers = {
    anna: { customer: users['anna.berger'], email: accounts[0].email, shipping: homes.anna },
    jonas: { customer: users.jonas, email: accounts[1].email, shipping: homes.jonas },
    claire: { customer: users['claire.dubois'], email: accounts[2].email, shipping: homes.claire },
    // She has no account.
    marta: { email: 'marta.nowak@example.com', shipping: homes.marta },
  };

  const product = async (data: Data): Promise<string> =>
    (await create('api::product.product', data, 'published')).documentId;
  const beans = await product({ name: 'Harbour Blend, 1 kg', sku: 'harbour-blend-1000', price: 24.9 });
  const kettle = await product({ name: 'Gooseneck kettle', sku: 'gooseneck-kettle', price: 69 });
  const mug = await product({ name: 'Enamel mug', sku: 'enamel-mug', price: 14.5 });

  const order = async (who: keyof typeof customers, number: string, placedAt: string, data: Data): Promise<string> =>
    (await create('api::order.order', { ...customers[who], number, placedAt: `${placedAt}T09:30:00.000Z`, ...data }))
      .documentId;
  await order('anna', 'NL-10418', '2025-11-20', {
    lines: [
      { product: mug, quantity: 2, engraving: 'Anna & Lotte' },
      {
        product: beans,
        quantity: 1,
        gift: { recipientName: 'Lotte Berger', message: 'Happy birthday, little sister!' },
      },
    ],
    note: 'Please leave it with the neighbours, third floor.',
    total: 53.9,
    status: 'sent',
  });
  const returned = await order('anna', 'NL-10733', '2026-03-02', {
    lines: [{ product: kettle, quantity: 1 }],
    total: 69,
    status: 'returned',
  });
  await order('jonas', 'NL-10790', '2026-04-18', {
    lines: [{ product: beans, quantity: 3 }],
    total: 74.7,
    status: 'sent',
  });
  await order('claire', 'NL-10851', '2026-06-09', {
    lines: [{ product: mug, quantity: 4, engraving: 'Chez Claire' }],
    note: 'Appeler avant la livraison',
    total: 58,
    status: 'paid',
  });
  await order('marta', 'NL-10902', '2026-07-21', {
    lines: [{ product: beans, quantity: 1 }],
    total: 24.9,
    status: 'new',
  });
  await create('api::return-request.return-request', {
    order: returned,
    reason: 'The kettle drips beside the spout.',
    iban: 'DE02120300000000202051',
  });

  const article = async (title: string, body: string): Promise<string> =>
    (await create('api::article.article', { title, body: paragraph(body) }, 'published')).documentId;
  const roasting = await article('How we roast', 'Slowly, in small batches, and never on Mondays.');
  const grinding = await article('Grinding for beginners', 'Coarse for the press, fine for espresso.');
  const comment = (data: Data): Promise<{ documentId: string }> => create('api::comment.comment', data, 'published');
  const { documentId: question } = await comment({
    article: roasting,
    author: users['anna.berger'],
    authorName: 'Anna',
    text: 'Do you also ship to Denmark? My parents live in Aarhus.',
  });
  await comment({
    article: roasting,
    author: users.jonas,
    authorName: 'Jonas K.',
    text: 'They do, mine took four days.',
    replyTo: question,
  });
  await comment({
    article: grinding,
    visitorId: 'Zm9yLXRoZS1kZW1vLW9ubA',
    authorName: 'A visitor',
    text: 'Which grinder is it in the picture?',
  });

  const subscription = (email: string, name: string, sourceIp: string, interests: string[]) =>
    create('api::newsletter-subscription.newsletter-subscription', {
      email,
      name,
      sourceIp,
      interests,
      confirmedAt: '2026-02-01T12:00:00.000Z',
    });
  await subscription('anna.berger@example.com', 'Anna Berger', '192.0.2.44', ['coffee', 'tea']);
  await subscription('marta.nowak@example.com', 'Marta', '198.51.100.7', ['coffee']);

  await create(
    'api::profile.profile',
    {
      user: users['anna.berger'],
      nickname: 'anna_b',
      phone: homes.anna.phone,
      iban: 'DE02120300000000202051',
      birthday: '1991-05-14',
      about: 'Filter coffee in the morning, espresso after lunch.',
      home: homes.anna,
      sections: [
        { __component: 'profile.quote', text: 'Life is too short for bad coffee.' },
        { __component: 'profile.favourite', product: beans, why: 'It tastes like the harbour in autumn.' },
      ],
    },
    'published',
  );
};
