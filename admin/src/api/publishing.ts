import type {
  ConsentConfig,
  Draft,
  History,
  PublicationDetails,
  PublishingMode,
  PublishingState,
  PublishRequest,
  RollBackRequest,
} from '../../../contract';
import { deskApi } from './deskApi';

const pathOf = (site: string, rest = ''): string => `/privacy-desk/sites/${encodeURIComponent(site)}/publishing${rest}`;

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskPublishing: builder.query<PublishingState, string>({
      query: (site) => ({ url: pathOf(site), method: 'GET' }),
      providesTags: ['PrivacyDeskPublished'],
    }),
    privacyDeskDraft: builder.query<Draft, string>({
      query: (site) => ({ url: pathOf(site, '/draft'), method: 'GET' }),
      providesTags: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished'],
    }),
    /** What would be published now, in one language. */
    privacyDeskDraftConfig: builder.query<ConsentConfig, { site: string; locale: string }>({
      query: ({ site, locale }) => ({
        url: pathOf(site, '/draft/config'),
        method: 'GET',
        config: { params: { locale } },
      }),
      providesTags: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished'],
    }),
    /** What visitors were told: never changes. */
    privacyDeskVersion: builder.query<ConsentConfig, string>({
      query: (version) => ({ url: `/privacy-desk/versions/${encodeURIComponent(version)}`, method: 'GET' }),
    }),
    privacyDeskHistory: builder.query<History, { site: string; page: number }>({
      query: ({ site, page }) => ({ url: pathOf(site, '/history'), method: 'GET', config: { params: { page } } }),
      providesTags: ['PrivacyDeskPublished'],
    }),
    privacyDeskPublication: builder.query<PublicationDetails, { site: string; number: number }>({
      query: ({ site, number }) => ({ url: pathOf(site, `/history/${number}`), method: 'GET' }),
    }),
    privacyDeskSetMode: builder.mutation<PublishingState, { site: string; mode: PublishingMode }>({
      query: ({ site, mode }) => ({ url: pathOf(site, '/mode'), method: 'PUT', data: { mode } }),
      invalidatesTags: ['PrivacyDeskPublished'],
    }),
    privacyDeskPublish: builder.mutation<PublishingState, PublishRequest & { site: string }>({
      query: ({ site, ...data }) => ({ url: pathOf(site, '/publish'), method: 'POST', data }),
      // A refused one as well: what was reviewed is not what there is.
      invalidatesTags: ['PrivacyDeskPublished'],
    }),
    privacyDeskRollBack: builder.mutation<PublishingState, RollBackRequest & { site: string }>({
      query: ({ site, ...data }) => ({ url: pathOf(site, '/roll-back'), method: 'POST', data }),
      invalidatesTags: ['PrivacyDeskPublished'],
    }),
  }),
});

export const {
  usePrivacyDeskPublishingQuery: usePublishingQuery,
  usePrivacyDeskDraftQuery: useDraftQuery,
  usePrivacyDeskDraftConfigQuery: useDraftConfigQuery,
  usePrivacyDeskVersionQuery: useVersionQuery,
  usePrivacyDeskHistoryQuery: useHistoryQuery,
  usePrivacyDeskPublicationQuery: usePublicationQuery,
  usePrivacyDeskSetModeMutation: useSetModeMutation,
  usePrivacyDeskPublishMutation: usePublishMutation,
  usePrivacyDeskRollBackMutation: useRollBackMutation,
} = api;
