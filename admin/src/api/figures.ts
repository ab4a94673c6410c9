import type { LedgerStatistics } from '../../../contract';
import { deskApi } from './deskApi';

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    /** What visitors of a site decided in the last 30 days. */
    privacyDeskConsentFigures: builder.query<LedgerStatistics, string>({
      query: (site) => ({ url: '/privacy-desk/ledger/statistics', method: 'GET', config: { params: { site } } }),
    }),
  }),
});

export const { usePrivacyDeskConsentFiguresQuery: useConsentFiguresQuery } = api;
