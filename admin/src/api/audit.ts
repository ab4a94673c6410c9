import type { AuditDetails, AuditFilters, AuditPage, AuditQuery, AuditVerification } from '../../../contract';
import { deskApi } from './deskApi';

const path = '/privacy-desk/audit';

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskAuditFilters: builder.query<AuditFilters, void>({
      query: () => ({ url: `${path}/filters`, method: 'GET' }),
    }),
    privacyDeskAuditPage: builder.query<AuditPage, AuditQuery>({
      query: (data) => ({ url: `${path}/search`, method: 'POST', data }),
    }),
    privacyDeskAuditEntry: builder.query<AuditDetails, string>({
      query: (id) => ({ url: `${path}/entries/${encodeURIComponent(id)}`, method: 'GET' }),
    }),
    privacyDeskAuditVerification: builder.query<AuditVerification, void>({
      query: () => ({ url: `${path}/verification`, method: 'GET' }),
    }),
    privacyDeskAuditVerify: builder.mutation<AuditVerification, void>({
      query: () => ({ url: `${path}/verification`, method: 'POST' }),
    }),
  }),
});

export const {
  usePrivacyDeskAuditFiltersQuery: useAuditFiltersQuery,
  usePrivacyDeskAuditPageQuery: useAuditPageQuery,
  usePrivacyDeskAuditEntryQuery: useAuditEntryQuery,
  usePrivacyDeskAuditVerificationQuery: useAuditVerificationQuery,
  usePrivacyDeskAuditVerifyMutation: useAuditVerifyMutation,
} = api;

/** Files, below Strapi's own address; an export is asked for with the ticket that posting an `AuditExportQuery` there gives. */
export const AUDIT_FILE = `${path}/export`;
export const AUDIT_CHECKPOINTS_FILE = `${path}/checkpoints`;
