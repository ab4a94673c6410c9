import type { Appearance, AppearancePreview, AppearanceSave, Regime } from '../../../contract';
import { deskApi } from './deskApi';

const pathOf = (site: string): string => `/privacy-desk/sites/${encodeURIComponent(site)}/appearance`;

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskAppearance: builder.query<Appearance, string>({
      query: (site) => ({ url: pathOf(site), method: 'GET' }),
      // A form is not filled anew because something else was saved.
      keepUnusedDataFor: 0,
    }),
    privacyDeskSaveAppearance: builder.mutation<Appearance, { site: string; save: AppearanceSave }>({
      query: ({ site, save }) => ({ url: pathOf(site), method: 'PUT', data: save }),
      invalidatesTags: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished'],
    }),
    privacyDeskAppearancePreview: builder.query<AppearancePreview, { site: string; locale: string; regime: Regime }>({
      query: ({ site, ...params }) => ({ url: `${pathOf(site)}/preview`, method: 'GET', config: { params } }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
  }),
});

export const {
  usePrivacyDeskAppearanceQuery: useAppearanceQuery,
  usePrivacyDeskSaveAppearanceMutation: useSaveAppearanceMutation,
  usePrivacyDeskAppearancePreviewQuery: useAppearancePreviewQuery,
} = api;
