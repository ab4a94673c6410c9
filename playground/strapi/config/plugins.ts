import { masterKey, secret } from '../src/demo/secret';
import { personalData } from '../src/personal-data';

export default () => ({
  // Anyone may register, so that a visitor's own rights can be tried.
  'users-permissions': { config: { jwtSecret: secret('JWT_SECRET') } },
  // By the name that a package manager knows this folder by: Strapi requires it.
  email: { config: { provider: 'privacy-desk-playground/mail-provider' } },
  'privacy-desk': {
    enabled: true,
    // Nothing is cached: an edit shows on the next reload. A real site keeps the defaults.
    config: {
      cache: { maxAgeSeconds: 0, staleWhileRevalidateSeconds: 0, staleIfErrorSeconds: 0 },
      // The demo website plays an edge that knows where the visitor is: its page /world/.
      geo: { headers: { country: 'X-Demo-Country', subdivision: 'X-Demo-Region' }, trustedProxies: ['loopback'] },
      keys: { master: masterKey() },
      // The rest is left to the panel: its page “Personal data” proposes what `personal-data.ts` says.
      personalData: {
        'api::order.order': personalData['api::order.order'],
        'api::article.article': personalData['api::article.article'],
      },
    },
  },
});
