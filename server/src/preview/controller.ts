import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { browserFiles } from '../publishing/browser-files';
import { frameHeaders, frameHtml, frameScript } from './frame';

const originOf = (url: string): string[] => (/^https?:\/\//.test(url) ? [new URL(url).origin] : []);

/** Answers the frame in which the admin panel runs the client. */
export default ({ strapi }: { strapi: Core.Strapi }) => {
  const send = (ctx: Context, type: string, body: string) => {
    ctx.set(frameHeaders(originOf(strapi.config.get('admin.absoluteUrl', ''))));
    // `frame-ancestors` says the same, and knows of panels elsewhere.
    ctx.remove('X-Frame-Options');
    ctx.type = type;
    ctx.body = body;
  };
  return {
    /** `GET /privacy-desk/preview` */
    page(ctx: Context) {
      send(ctx, 'text/html; charset=utf-8', frameHtml);
    },

    /** `GET /privacy-desk/preview/frame.js` */
    script(ctx: Context) {
      const prefix = strapi.config.get<string>('api.rest.prefix', '/api').replace(/^\/+|\/+$/g, '');
      send(ctx, 'text/javascript; charset=utf-8', frameScript(browserFiles(), `../${prefix}/privacy-desk/`));
    },
  };
};
