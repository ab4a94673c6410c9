import type {
  ErasurePlan,
  RequestActionName,
  RequestActions,
  RequestCounts,
  RequestDetails,
  RequestMail,
  RequestPage,
  RequestQuery,
  RequestSetup,
  RequestStatistics,
  RequestTemplates,
  TemplateChange,
} from '../../../contract';
import { deskApi } from './deskApi';

const path = '/privacy-desk/requests';
const templates = '/privacy-desk/request-templates';

/** What is done to a request, and the version that it was decided on. */
export type RequestAct = {
  [Name in RequestActionName]: { id: string; version: number; action: Name; input: RequestActions[Name] };
}[RequestActionName];

/** Which template. */
export interface TemplateKey {
  kind: RequestMail;
  locale: string;
}
const pathOf = ({ kind, locale }: TemplateKey): string => `${templates}/${kind}/${encodeURIComponent(locale)}`;

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskRequests: builder.query<RequestPage, RequestQuery>({
      query: (data) => ({ url: `${path}/search`, method: 'POST', data }),
      providesTags: ['PrivacyDeskRequests'],
    }),
    privacyDeskRequestCounts: builder.query<RequestCounts, void>({
      query: () => ({ url: `${path}/counts`, method: 'GET' }),
      providesTags: ['PrivacyDeskRequests'],
    }),
    privacyDeskRequestStatistics: builder.query<RequestStatistics, void>({
      query: () => ({ url: `${path}/statistics`, method: 'GET' }),
      providesTags: ['PrivacyDeskRequests'],
    }),
    privacyDeskRequestSetup: builder.query<RequestSetup, void>({
      query: () => ({ url: `${path}/setup`, method: 'GET' }),
    }),
    privacyDeskRequest: builder.query<RequestDetails, string>({
      query: (id) => ({ url: `${path}/${encodeURIComponent(id)}`, method: 'GET' }),
      providesTags: ['PrivacyDeskRequest'],
    }),
    /** Every reading of a request is recorded: the answer of an action is what is shown next, nothing is asked for again. */
    privacyDeskAct: builder.mutation<RequestDetails, RequestAct>({
      query: ({ id, version, action, input }) => ({
        url: `${path}/${encodeURIComponent(id)}/${action}`,
        method: 'POST',
        data: { version, ...input },
      }),
      async onQueryStarted({ id }, { dispatch, queryFulfilled }) {
        const done = await queryFulfilled.catch(() => null);
        if (done) void dispatch(api.util.upsertQueryData('privacyDeskRequest', id, done.data));
      },
      invalidatesTags: (details) => (details ? ['PrivacyDeskRequests'] : ['PrivacyDeskRequests', 'PrivacyDeskRequest']),
    }),
    /** What erasure would do: a dry run. */
    privacyDeskErasurePlan: builder.query<ErasurePlan, string>({
      query: (id) => ({ url: `${path}/${encodeURIComponent(id)}/erasure`, method: 'GET' }),
      keepUnusedDataFor: 0,
    }),
    privacyDeskTemplates: builder.query<RequestTemplates, void>({
      query: () => ({ url: templates, method: 'GET' }),
    }),
    /** `change`: null for the built-in template again. */
    privacyDeskSaveTemplate: builder.mutation<RequestTemplates, TemplateKey & { change: TemplateChange | null }>({
      query: ({ change, ...key }) =>
        change ? { url: pathOf(key), method: 'PUT', data: change } : { url: pathOf(key), method: 'DELETE' },
      async onQueryStarted(_change, { dispatch, queryFulfilled }) {
        const done = await queryFulfilled.catch(() => null);
        if (done) void dispatch(api.util.upsertQueryData('privacyDeskTemplates', undefined, done.data));
      },
    }),
  }),
});

export const {
  usePrivacyDeskActMutation: useActMutation,
  usePrivacyDeskErasurePlanQuery: useErasurePlanQuery,
  usePrivacyDeskRequestCountsQuery: useRequestCountsQuery,
  usePrivacyDeskRequestQuery: useRequestQuery,
  usePrivacyDeskRequestSetupQuery: useRequestSetupQuery,
  usePrivacyDeskRequestStatisticsQuery: useRequestStatisticsQuery,
  usePrivacyDeskRequestsQuery: useRequestsQuery,
  usePrivacyDeskSaveTemplateMutation: useSaveTemplateMutation,
  usePrivacyDeskTemplatesQuery: useTemplatesQuery,
} = api;
