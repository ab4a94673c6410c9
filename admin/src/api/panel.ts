import type { Attention, EntryState, Panel } from '../../../contract';
import { deskApi } from './deskApi';

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskPanel: builder.query<Panel, void>({
      query: () => ({ url: '/privacy-desk/panel', method: 'GET' }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
    privacyDeskAttention: builder.query<Attention, void>({
      query: () => ({ url: '/privacy-desk/attention', method: 'GET' }),
      providesTags: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished', 'PrivacyDeskRequests'],
    }),
    privacyDeskEntryState: builder.query<EntryState, { type: string; documentId: string }>({
      query: ({ type, documentId }) => ({ url: `/privacy-desk/entries/${type}/${documentId}`, method: 'GET' }),
    }),
  }),
});

export const {
  usePrivacyDeskAttentionQuery: useAttentionQuery,
  usePrivacyDeskEntryStateQuery: useEntryStateQuery,
  usePrivacyDeskPanelQuery: usePanelQuery,
} = api;
