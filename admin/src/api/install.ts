import type { Install } from '../../../contract';
import { deskApi } from './deskApi';

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskInstall: builder.query<Install, string>({
      query: (site) => ({ url: '/privacy-desk/install', method: 'GET', config: { params: { site } } }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
  }),
});

export const { usePrivacyDeskInstallQuery: useInstallQuery } = api;
