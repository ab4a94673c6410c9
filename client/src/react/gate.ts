import { createElement, Fragment, type ReactElement, type ReactNode } from 'react';
import { usePreference } from './use-preference';

export interface GateProps {
  /** Key of a category (`STATISTICS`), or of an item of one (`STATISTICS/matomo`). */
  category: string;
  /** What is there only while that is allowed. */
  children?: ReactNode;
  /** What is there instead, also on a server. */
  fallback?: ReactNode;
}

/** Mounts its children when their category is allowed, and unmounts them when it no longer is. */
export const Gate = ({ category, children, fallback }: GateProps): ReactElement =>
  createElement(Fragment, null, usePreference(category) ? children : fallback);
