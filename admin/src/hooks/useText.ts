import { useCallback } from 'react';
import { useIntl, type PrimitiveType } from 'react-intl';
import { PLUGIN_ID } from '../pluginId';
import type english from '../translations/en.json';
import type appearance from '../translations/appearance/en.json';
import type audit from '../translations/audit/en.json';
import type dataRequests from '../translations/data-requests/en.json';
import type fields from '../translations/fields/en.json';
import type install from '../translations/install/en.json';
import type ledger from '../translations/ledger/en.json';
import type personalData from '../translations/personal-data/en.json';
import type settings from '../translations/settings/en.json';
import type setup from '../translations/setup/en.json';
import type translations from '../translations/translations/en.json';

/** Those that have a folder of their own are there only on their page (shell/pages.ts), or below a `DeskTexts` that loads them. */
export type TextKey =
  | keyof typeof english
  | keyof typeof dataRequests
  | keyof typeof personalData
  | keyof typeof appearance
  | keyof typeof audit
  | keyof typeof fields
  | keyof typeof install
  | keyof typeof ledger
  | keyof typeof settings
  | keyof typeof setup
  | keyof typeof translations;
export type Text = (key: TextKey, values?: Record<string, PrimitiveType>) => string;

/** This plugin's texts in the admin user's language; below a `DeskTexts`, which every page is. */
export const useText = (): Text => {
  const { formatMessage } = useIntl();
  return useCallback((key, values) => formatMessage({ id: `${PLUGIN_ID}.${key}` }, values), [formatMessage]);
};
