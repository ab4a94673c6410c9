import type { Overview } from '../../../contract';
import { deskApi } from './deskApi';

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    /** The argument is a site's key; undefined for the site the server shows first. */
    privacyDeskOverview: builder.query<Overview, string | undefined>({
      query: (site) => ({
        url: '/privacy-desk/overview',
        method: 'GET',
        config: { params: site ? { site: encodeURIComponent(site) } : undefined },
      }),
      providesTags: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished'],
    }),
    privacyDeskAskAgain: builder.mutation<void, { site: string; category: string }>({
      query: ({ site, category }) => ({
        url: `/privacy-desk/sites/${encodeURIComponent(site)}/categories/${encodeURIComponent(category)}/ask-again`,
        method: 'POST',
      }),
      invalidatesTags: ['PrivacyDeskPublished'],
    }),
  }),
});

export const { usePrivacyDeskOverviewQuery: useOverviewQuery, usePrivacyDeskAskAgainMutation: useAskAgainMutation } =
  api;
