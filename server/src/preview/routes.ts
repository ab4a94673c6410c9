/** Routes of the admin API without a login: a frame cannot send one, and what they answer is the same for everybody. */
export default [
  { method: 'GET', path: '/preview', handler: 'preview.page', config: { auth: false } },
  { method: 'GET', path: '/preview/frame.js', handler: 'preview.script', config: { auth: false } },
] as const;
