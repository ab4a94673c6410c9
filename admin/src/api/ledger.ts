import type {
  ConsentConfig,
  ExportQuery,
  LedgerStatistics,
  RecordDetails,
  RecordPage,
  RecordQuery,
  StatisticsQuery,
  Verification,
} from '../../../contract';
import { deskApi } from './deskApi';

const path = '/privacy-desk/ledger';

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskStatistics: builder.query<LedgerStatistics, StatisticsQuery>({
      query: (params) => ({ url: `${path}/statistics`, method: 'GET', config: { params } }),
    }),
    privacyDeskRecords: builder.query<RecordPage, RecordQuery>({
      query: (data) => ({ url: `${path}/records/search`, method: 'POST', data }),
    }),
    privacyDeskRecord: builder.query<RecordDetails, string>({
      query: (id) => ({ url: `${path}/records/${encodeURIComponent(id)}`, method: 'GET' }),
    }),
    /** What a visitor was told: never changes. */
    privacyDeskSeenVersion: builder.query<ConsentConfig, string>({
      query: (version) => ({ url: `/privacy-desk/versions/${encodeURIComponent(version)}`, method: 'GET' }),
    }),
    privacyDeskVerification: builder.query<Verification, void>({
      query: () => ({ url: `${path}/verification`, method: 'GET' }),
    }),
    privacyDeskVerify: builder.mutation<Verification, void>({
      query: () => ({ url: `${path}/verification`, method: 'POST' }),
    }),
  }),
});

export const {
  usePrivacyDeskStatisticsQuery: useStatisticsQuery,
  usePrivacyDeskRecordsQuery: useRecordsQuery,
  usePrivacyDeskRecordQuery: useRecordQuery,
  usePrivacyDeskSeenVersionQuery: useSeenVersionQuery,
  usePrivacyDeskVerificationQuery: useVerificationQuery,
  usePrivacyDeskVerifyMutation: useVerifyMutation,
} = api;

/** Addresses of files, below Strapi's own. */
export const recordsFile = (query: ExportQuery): string =>
  `${path}/export?${new URLSearchParams(query as unknown as Record<string, string>)}`;
export const CHECKPOINTS_FILE = `${path}/checkpoints`;
