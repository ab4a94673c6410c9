import type { Setup, SetupAnswer } from '../../../contract';
import { deskApi } from './deskApi';

const pathOf = (site: string): string => `/privacy-desk/sites/${encodeURIComponent(site)}/setup`;

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskSetup: builder.query<Setup, string>({
      query: (site) => ({ url: pathOf(site), method: 'GET' }),
      keepUnusedDataFor: 0,
    }),
    privacyDeskTakeStep: builder.mutation<Setup, { site: string; answer: SetupAnswer }>({
      query: ({ site, answer }) => ({ url: pathOf(site), method: 'PUT', data: answer }),
      invalidatesTags: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished'],
    }),
  }),
});

export const { usePrivacyDeskSetupQuery: useSetupQuery, usePrivacyDeskTakeStepMutation: useTakeStepMutation } = api;
