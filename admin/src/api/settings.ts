import type { DeskSettings } from '../../../contract';
import { deskApi } from './deskApi';

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskSettings: builder.query<DeskSettings, void>({
      query: () => ({ url: '/privacy-desk/settings', method: 'GET' }),
    }),
  }),
});

export const { usePrivacyDeskSettingsQuery: useSettingsQuery } = api;
