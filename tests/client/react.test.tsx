import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode, useEffect, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { createPrivacyDesk } from '../../client/src';
import embed from '../../client/src/gate/embed';
import presets from '../../client/src/ui/embed-presets';
import ui from '../../client/src/ui/ui';
import {
  Embed,
  Gate,
  PrivacyDeskProvider,
  useConsent,
  usePreference,
  type Consent,
  type EmbedService,
} from '../../client/src/react';
import { createStub, type Stub } from '../../client/src/stub';
import { consentConfig } from '../fixtures/consent-config';
import { leave, settle, visit, type VisitOptions } from './client';

// react-dom/server asks for what jsdom does not have.
Object.assign(globalThis, { TextEncoder: jest.requireActual<typeof import('node:util')>('node:util').TextEncoder });
const { renderToString } = jest.requireActual<typeof import('react-dom/server')>('react-dom/server.node');

const page = window as unknown as { privacyDesk?: Stub; fetch?: jest.Mock };
let complaints: jest.SpyInstance;

beforeEach(() => {
  complaints = jest.spyOn(console, 'error');
});
afterEach(async () => {
  cleanup();
  // React tells of differences and mistakes here.
  const told = complaints.mock.calls.slice();
  delete page.privacyDesk;
  delete page.fetch;
  await leave();
  expect(told).toEqual([]);
});

/** The script tag arrives on a page that has this stub, or has had none. */
const arrive = (options: VisitOptions = {}) => visit({ stub: (page.privacyDesk ??= createStub()), ...options });

const State = ({ of = 'STATISTICS' }: { of?: string }) => <output>{usePreference(of) ? 'allowed' : 'denied'}</output>;
const output = () => screen.getByRole('status').textContent;

let consent: Consent;
const Watch = () => {
  consent = useConsent();
  return null;
};

const inModes = (node: ReactNode) => <StrictMode>{node}</StrictMode>;

describe('The page’s script tag', () => {
  test('is asked without a provider, and told of: denied, then as it was decided', async () => {
    page.privacyDesk = createStub();
    render(inModes(<State />));
    expect(output()).toBe('denied');
    const { desk } = arrive();
    await act(settle);
    expect(output()).toBe('denied');
    act(() => desk.acceptAll());
    expect(output()).toBe('allowed');
    act(() => desk.withdraw());
    expect(output()).toBe('denied');
  });

  test('may come to a page without a stub after everything else, and does what was asked before', async () => {
    render(
      inModes(
        <PrivacyDeskProvider>
          <State of="STATISTICS/matomo" />
          <Watch />
        </PrivacyDeskProvider>,
      ),
    );
    act(() => consent.setPreference('STATISTICS', true));
    expect(output()).toBe('denied');
    expect(consent.ready).toBe(false);
    act(() => void arrive());
    await act(settle);
    expect(output()).toBe('allowed');
    expect(consent.preferences).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
  });

  test('answers from the first render on where it was there before', () => {
    arrive({ choice: { STATISTICS: { granted: true, revision: 1, decidedAt: 1 } } });
    const seen: boolean[] = [];
    const Note = () => {
      seen.push(usePreference('STATISTICS'));
      return null;
    };
    render(<Note />);
    expect(seen).toEqual([true]);
  });

  test('is no longer listened to after the last component has gone', () => {
    arrive();
    const removed = jest.spyOn(document, 'removeEventListener');
    const { unmount } = render(<State />);
    unmount();
    expect(removed.mock.calls.map(([name]) => name)).toEqual(
      expect.arrayContaining(['privacy-desk:ready', 'privacy-desk:change']),
    );
  });
});

describe('useConsent', () => {
  test('tells what is allowed and decided, and renders again only when that changes', async () => {
    let renders = 0;
    const Count = () => {
      renders++;
      consent = useConsent();
      return null;
    };
    const { desk } = arrive();
    render(<Count />);
    await act(settle);
    expect(consent).toMatchObject({
      ready: true,
      decided: false,
      preferences: { ESSENTIALS: true, STATISTICS: false, MARKETING: false },
    });
    const before = renders;
    act(() => void document.dispatchEvent(new CustomEvent('privacy-desk:ready')));
    expect(renders).toBe(before);
    act(() => desk.setPreference('MARKETING', false));
    expect(consent).toMatchObject({ decided: false });
    expect(consent.hasDecided('MARKETING')).toBe(true);
    expect(consent.hasDecided('STATISTICS')).toBe(false);
    expect(consent.hasDecided()).toBe(false);
    act(() => consent.rejectAll());
    expect(consent.decided && consent.hasDecided()).toBe(true);
  });

  test('gives functions that can be handed to onClick, and act on the client that came later', async () => {
    page.privacyDesk = createStub();
    render(<Watch />);
    const early = consent;
    const { shown } = await act(async () => arrive());
    await act(settle);
    const event = { nativeEvent: {}, target: document.body };
    (early.openSettings as (event: unknown) => void)(event);
    early.openSettings('MARKETING');
    await settle();
    expect(shown.filter(({ method }) => method === 'dialog').map(({ target }) => target)).toEqual([
      undefined,
      'MARKETING',
    ]);
    act(() => (consent.acceptAll as (event: unknown) => void)(event));
    await act(settle);
    expect(consent.preferences).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: true });
    await expect(consent.receipt()).resolves.toBeNull();
  });

  test('reports what is no decision', async () => {
    arrive();
    render(<Watch />);
    expect(() => consent.setPreference('ESSENTIALS', false)).toThrow(TypeError);
  });
});

describe('Gate', () => {
  test('mounts what is allowed, and takes it away again', async () => {
    const life: string[] = [];
    const Child = () => {
      useEffect(() => {
        life.push('mounted');
        return () => void life.push('unmounted');
      }, []);
      return <p>child</p>;
    };
    const { desk } = arrive();
    render(
      <Gate category="MARKETING" fallback={<p>fallback</p>}>
        <Child />
      </Gate>,
    );
    expect(screen.getByText('fallback')).toBeTruthy();
    expect(life).toEqual([]);
    act(() => desk.acceptAll());
    expect(screen.getByText('child')).toBeTruthy();
    expect(screen.queryByText('fallback')).toBeNull();
    act(() => desk.withdraw());
    expect(life).toEqual(['mounted', 'unmounted']);
  });
});

describe('Embed', () => {
  const frames = () => [...document.querySelectorAll('iframe')];

  test('is an element of the gate’s, in a room of its own, and goes with all that came beside it', async () => {
    const { desk } = arrive({ chunks: { embed, ui } });
    const { container, unmount, rerender } = render(
      <Embed category="MARKETING" src="https://video.example.com/1" title="Film" className="film" data-test="1">
        <a href="https://video.example.com/1">Film</a>
      </Embed>,
    );
    await settle();
    const [frame] = frames();
    expect(frame!.hasAttribute('src')).toBe(false);
    expect(container.firstElementChild!.className).toBe('film');
    expect(container.querySelector('svg')!.getAttribute('viewBox')).toBe('0 0 16 9');
    desk.acceptAll();
    await settle();
    expect(frame!.getAttribute('src')).toBe('https://video.example.com/1');
    rerender(<Embed category="MARKETING" src="https://video.example.com/2" title="Film" height={300} />);
    await settle();
    expect(frames().map((one) => one.src)).toEqual(['https://video.example.com/2']);
    expect(container.querySelector('svg')!.getAttribute('height')).toBe('300');
    frames()[0]!.after(document.createElement('aside'));
    unmount();
    expect(document.body.querySelector('iframe, aside')).toBeNull();
  });

  test('is there once in StrictMode', async () => {
    arrive({ chunks: { embed } });
    render(inModes(<Embed category="MARKETING" src="https://video.example.com/1" title="Film" width={4} height={3} />));
    await settle();
    expect(frames()).toHaveLength(1);
    expect(document.querySelector('svg')!.getAttribute('viewBox')).toBe('0 0 4 3');
  });

  const services: Record<EmbedService, true> = {
    youtube: true,
    vimeo: true,
    'google-maps': true,
    openstreetmap: true,
    x: true,
    instagram: true,
    facebook: true,
    tiktok: true,
    spotify: true,
    soundcloud: true,
    calendly: true,
  };
  test.each(Object.keys(services) as EmbedService[])('knows the service %s', async (service) => {
    const { errors } = arrive({ chunks: { embed, presets } });
    render(
      <Embed category="MARKETING" service={service} id="some-id" params="a=b" title="Post" thumbnail="/film.jpg" />,
    );
    await settle();
    expect(errors).toEqual([]);
    const { dataset, title } = frames()[0]!;
    expect(title).toBe('Post');
    expect(dataset).toMatchObject({
      src: expect.stringMatching(/some-id.*a=b$/),
      privacy: 'MARKETING',
      privacyThumbnail: '/film.jpg',
    });
  });
});

// Below, real desks are made, which stay until the file ends.

describe('PrivacyDeskProvider', () => {
  let count = 0;
  const endpoint = () => `https://react-${++count}.example.com/api/privacy-desk`;
  const answer = (config = consentConfig('en')) => ({ ok: true, status: 200, json: async () => config });
  beforeEach(() => {
    page.fetch = jest.fn();
    jest.spyOn(console, 'warn').mockImplementation(() => {});
  });

  test('makes its desk once the page is there, once, and hands over what components asked for before', async () => {
    page.fetch!.mockResolvedValue(answer());
    const url = endpoint();
    const make = jest.fn(() => createPrivacyDesk({ endpoint: url }));
    const Early = () => {
      const { setPreference } = useConsent();
      useEffect(() => setPreference('STATISTICS', true), []);
      return <State />;
    };
    render(
      inModes(
        <PrivacyDeskProvider desk={make}>
          <Early />
        </PrivacyDeskProvider>,
      ),
    );
    expect(output()).toBe('denied');
    await act(settle);
    expect(output()).toBe('allowed');
    expect(page.fetch).toHaveBeenCalledTimes(1);
  });

  test('takes a desk as it is; the closest provider counts', async () => {
    const desks = [
      { ...createStub(), getPreference: () => true },
      { ...createStub(), getPreference: () => false },
    ];
    render(
      <PrivacyDeskProvider desk={desks[0]}>
        <State />
        <PrivacyDeskProvider desk={desks[1]}>
          <State />
        </PrivacyDeskProvider>
      </PrivacyDeskProvider>,
    );
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual(['allowed', 'denied']);
  });

  test('shares the desk of the same options, and keeps those of others apart', async () => {
    page.fetch!.mockImplementation(async (url: string) =>
      answer(consentConfig('en', { site: 'x', regime: url.includes('site=lax') ? 'opt-out' : 'opt-in' })),
    );
    const url = endpoint();
    const provide = (site: string) => (
      <PrivacyDeskProvider desk={() => createPrivacyDesk({ endpoint: url, site })}>
        <State />
      </PrivacyDeskProvider>
    );
    render(
      <>
        {provide('strict')}
        {provide('lax')}
        {provide('lax')}
      </>,
    );
    await act(settle);
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toEqual([
      'denied',
      'allowed',
      'allowed',
    ]);
    expect(page.fetch).toHaveBeenCalledTimes(2);
  });
});

describe('Rendered on a server', () => {
  const application = (
    <StrictMode>
      <PrivacyDeskProvider desk={() => createPrivacyDesk({ endpoint: 'https://ssr.example.com/api/privacy-desk' })}>
        <State />
        <Gate category="MARKETING" fallback="fallback">
          child
        </Gate>
        <Embed category="MARKETING" service="youtube" id="1" title="Film">
          <a href="https://www.youtube.com/watch?v=1">Film</a>
        </Embed>
        <Watch />
      </PrivacyDeskProvider>
      <State />
    </StrictMode>
  );
  /** As on a server: without a document. */
  const onServer = (node: ReactNode): string => {
    const document = jest.spyOn(globalThis, 'document', 'get').mockReturnValue(undefined as unknown as Document);
    try {
      return renderToString(node);
    } finally {
      document.mockRestore();
    }
  };

  test('everything is denied, without a style that a policy could forbid', () => {
    const html = onServer(application);
    expect(html).toContain('<output>denied</output>fallback');
    expect(html).toContain('<noscript><a href="https://www.youtube.com/watch?v=1">Film</a></noscript>');
    expect(html).not.toMatch(/style=|iframe|child|data-privacy/);
    expect(consent).toMatchObject({ ready: false, decided: false, preferences: {} });
    expect(page.privacyDesk).toBeUndefined();
  });

  test('is hydrated as it is, and then as the visitor has decided', async () => {
    page.fetch = jest.fn().mockResolvedValue({ ok: true, status: 200, json: async () => consentConfig('en') });
    document.cookie = 'privacy_desk=1.0.-.STATISTICS:1:1:a~MARKETING:1:1:a; Path=/';
    const place = document.body.appendChild(document.createElement('div'));
    place.innerHTML = onServer(application);
    const first = place.firstElementChild!;
    const differences: unknown[] = [];
    await act(async () => {
      hydrateRoot(place, application, { onRecoverableError: (error) => differences.push(error) });
      await settle();
    });
    expect(differences).toEqual([]);
    expect(place.firstElementChild).toBe(first);
    expect(place.textContent).toContain('allowedchild');
  });
});
