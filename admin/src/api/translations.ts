import type {
  ImportPreview,
  MatrixRow,
  TranslationFormat,
  TranslationProgress,
  TranslationRow,
  TranslationsPage,
  TranslationsQuery,
  TranslationsSave,
} from '../../../contract';
import { deskApi } from './deskApi';

const path = '/privacy-desk/translations';
const pathOf = (locale: string, rest = ''): string => `${path}/${encodeURIComponent(locale)}${rest}`;

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskTranslationMatrix: builder.query<TranslationsPage<MatrixRow>, TranslationsQuery>({
      query: (params) => ({ url: path, method: 'GET', config: { params } }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
    privacyDeskTranslations: builder.query<TranslationsPage<TranslationRow>, TranslationsQuery & { locale: string }>({
      query: ({ locale, ...params }) => ({ url: pathOf(locale), method: 'GET', config: { params } }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
    privacyDeskTranslationProgress: builder.query<TranslationProgress, string | undefined>({
      query: (site) => ({ url: `${path}/progress`, method: 'GET', config: { params: site ? { site } : undefined } }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
    privacyDeskSaveTranslations: builder.mutation<{ saved: number }, TranslationsSave & { locale: string }>({
      query: ({ locale, ...data }) => ({ url: pathOf(locale), method: 'PUT', data }),
      invalidatesTags: ['PrivacyDeskCatalogue', 'PrivacyDeskPublished'],
    }),
    privacyDeskPreviewImport: builder.mutation<ImportPreview, { locale: string; file: File }>({
      query: ({ locale, file }) => {
        const data = new FormData();
        data.append('files', file);
        return { url: pathOf(locale, '/import'), method: 'POST', data };
      },
    }),
  }),
});

export const {
  usePrivacyDeskTranslationMatrixQuery: useTranslationMatrixQuery,
  usePrivacyDeskTranslationsQuery: useTranslationsQuery,
  usePrivacyDeskTranslationProgressQuery: useTranslationProgressQuery,
  usePrivacyDeskSaveTranslationsMutation: useSaveTranslationsMutation,
  usePrivacyDeskPreviewImportMutation: usePreviewImportMutation,
} = api;

/** Address of a file for translators, below Strapi's own. */
export const exportPath = (locale: string, format: TranslationFormat, query: TranslationsQuery): string =>
  `${pathOf(locale, '/export')}?${new URLSearchParams({ ...(query as Record<string, string>), format })}`;
