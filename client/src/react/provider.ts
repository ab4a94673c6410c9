import { createElement, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import type { PrivacyDesk } from '../core/api';
import { createStub, type Stub } from '../stub';
import { DeskContext, pageDesk } from './use-desk';

export interface PrivacyDeskProviderProps {
  /**
   * A desk of `createPrivacyDesk()`, or a function that makes one: that is called once the page is hydrated, on no server,
   * and so is what applications want that are rendered on one. Absent: the desk of the page's script tag.
   */
  desk?: PrivacyDesk | (() => PrivacyDesk);
  children?: ReactNode;
}

/** Says whom the hooks and components below ask. Without a provider that is the desk of the page's script tag. */
export const PrivacyDeskProvider = ({ desk: given, children }: PrivacyDeskProviderProps): ReactElement => {
  const [made, setMade] = useState(() => (given ? createStub() : pageDesk()));
  useEffect(() => {
    if (typeof given !== 'function') return;
    const desk = given();
    // What the components below asked for in effects of their own, which come before this one.
    for (const [name, args, resolve] of (made as Stub).q?.splice(0) ?? [])
      resolve(name === 'ready' ? desk.ready : (desk[name] as (...args: unknown[]) => unknown)(...args));
    setMade(desk);
    // Once: most write the function where they render, so it is another one each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return createElement(DeskContext.Provider, { value: typeof given === 'object' ? given : made }, children);
};
