import { configureStore } from '@reduxjs/toolkit';
import { DesignSystemProvider, lightTheme } from '@strapi/design-system';
import { adminApi, NotificationsProvider } from '@strapi/strapi/admin';
import { configure, render, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import fs from 'node:fs';
import path from 'node:path';
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { Provider } from 'react-redux';
import { createBrowserRouter, RouterProvider } from 'react-router-dom';
import { StyleSheetManager } from 'styled-components';

/** What jsdom lacks and the design system needs. */
const completeJsdom = (): void => {
  class Observer {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  Object.assign(window, {
    ResizeObserver: Observer,
    IntersectionObserver: Observer,
    matchMedia: (media: string) => ({ matches: false, media, addEventListener() {}, removeEventListener() {} }),
  });
  Object.assign(window.Element.prototype, {
    hasPointerCapture: () => false,
    setPointerCapture() {},
    releasePointerCapture() {},
    scrollIntoView() {},
  });
  // They only have to be there: no request leaves these tests, and the router makes one for each navigation.
  class Request {
    method = 'GET';
    constructor(
      readonly url: string,
      readonly init: { signal?: AbortSignal } = {},
    ) {}
    get signal() {
      return this.init.signal;
    }
  }
  class Headers {
    [name: string]: unknown;
    constructor(init: object) {
      Object.assign(this, init);
    }
    delete(name: string) {
      delete this[name];
    }
  }
  Object.assign(window, {
    Headers,
    Request,
    strapi: { backendURL: 'http://strapi.test', flags: { docLinks: false } },
  });
};

/** jsdom cannot parse container queries. A plugin of styled-components' CSS compiler that makes comments of them. */
const withoutContainerQueries = (element: { type: string }): void => {
  if (element.type === '@container') element.type = 'comm';
};

/** The English texts of all pages: a page is rendered here without what loads its own. */
const translations = path.resolve(__dirname, '../../admin/src/translations');
const messages = Object.fromEntries(
  fs
    .readdirSync(translations, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'en.json')
    .flatMap((file) => Object.entries(JSON.parse(fs.readFileSync(path.join(translations, file), 'utf8'))))
    .map(([key, text]) => [`privacy-desk.${key}`, text as string]),
);

/** Renders a part of the admin panel with what Strapi gives it: theme, English, a store, and a router at `route`. */
export const renderAdmin = (
  ui: ReactNode,
  { route = '/', path = '*' }: { route?: string; path?: string } = {},
): RenderResult & { user: UserEvent } => {
  completeJsdom();
  // What is hidden is not asked for in these tests, and asking costs most of their time.
  // Parts that are loaded when they are needed take their time on a busy machine.
  configure({ defaultHidden: true, asyncUtilTimeout: 15_000 });
  const store = configureStore({
    reducer: { [adminApi.reducerPath]: adminApi.reducer },
    middleware: (defaults) => defaults().concat(adminApi.middleware),
  });
  // A data router, as Strapi's is: without one there is no asking before a page is left.
  window.history.replaceState(null, '', route);
  const router = createBrowserRouter([{ path, element: ui }], {
    future: { v7_relativeSplatPath: true },
  });
  const result = render(
    <StyleSheetManager stylisPlugins={[withoutContainerQueries]}>
      <Provider store={store}>
        <DesignSystemProvider locale="en" theme={lightTheme}>
          {/* Strapi's own texts are not ours to test: their ids do. */}
          <IntlProvider locale="en" messages={messages} onError={() => {}}>
            <NotificationsProvider>
              <RouterProvider router={router} future={{ v7_startTransition: true }} />
            </NotificationsProvider>
          </IntlProvider>
        </DesignSystemProvider>
      </Provider>
    </StyleSheetManager>,
  );
  return { ...result, user: userEvent.setup({ pointerEventsCheck: 0 }) };
};
