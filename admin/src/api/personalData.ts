import type {
  ActivityDetails,
  DetailsSave,
  Erasure,
  ErasurePlan,
  ErasureRequest,
  ExportTicket,
  MapChange,
  MapEntryDetails,
  OrganisationDetails,
  PersonalDataMap,
  PersonalExportRequest,
  PersonQuery,
  ProcessingRecords,
  Versioned,
} from '../../../contract';
import { deskApi } from './deskApi';

const path = '/privacy-desk/personal-data';
const mapOf = (uid: string): string => `${path}/map/${encodeURIComponent(uid)}`;

/** `Map` is what the map says, and with it the register; `Erasures` what was erased. */
const api = deskApi
  .enhanceEndpoints({ addTagTypes: ['PrivacyDeskPersonalDataMap', 'PrivacyDeskRecords', 'PrivacyDeskErasures'] })
  .injectEndpoints({
    endpoints: (builder) => ({
      privacyDeskPersonalDataMap: builder.query<PersonalDataMap, void>({
        query: () => ({ url: `${path}/map`, method: 'GET' }),
        providesTags: ['PrivacyDeskPersonalDataMap'],
      }),
      /** Not asked for again by itself: a form is filled with it. */
      privacyDeskMapEntry: builder.query<MapEntryDetails, string>({
        query: (uid) => ({ url: mapOf(uid), method: 'GET' }),
      }),
      privacyDeskSaveMapping: builder.mutation<MapEntryDetails, MapChange & { uid: string }>({
        query: ({ uid, ...data }) => ({ url: mapOf(uid), method: 'PUT', data }),
        invalidatesTags: (_, error) => (error ? [] : ['PrivacyDeskPersonalDataMap', 'PrivacyDeskRecords']),
      }),
      privacyDeskResetMapping: builder.mutation<MapEntryDetails, string>({
        query: (uid) => ({ url: mapOf(uid), method: 'DELETE' }),
        invalidatesTags: ['PrivacyDeskPersonalDataMap', 'PrivacyDeskRecords'],
      }),
      privacyDeskFindPerson: builder.mutation<ErasurePlan, PersonQuery>({
        query: (person) => ({ url: `${path}/find`, method: 'POST', data: { person } }),
      }),
      privacyDeskExportTicket: builder.mutation<ExportTicket, PersonalExportRequest>({
        query: (data) => ({ url: `${path}/export-tickets`, method: 'POST', data }),
      }),
      privacyDeskErase: builder.mutation<Erasure, ErasureRequest>({
        query: (data) => ({ url: `${path}/erasures`, method: 'POST', data }),
        invalidatesTags: (_, error) => (error ? [] : ['PrivacyDeskErasures']),
      }),
      privacyDeskErasures: builder.query<{ erasures: Erasure[] }, void>({
        query: () => ({ url: `${path}/erasures`, method: 'GET' }),
        providesTags: ['PrivacyDeskErasures'],
      }),
      privacyDeskProcessingRecords: builder.query<ProcessingRecords, void>({
        query: () => ({ url: `${path}/records`, method: 'GET' }),
        providesTags: ['PrivacyDeskRecords', 'PrivacyDeskPublished'],
      }),
      privacyDeskSaveOrganisation: builder.mutation<Versioned<OrganisationDetails>, DetailsSave<OrganisationDetails>>({
        query: (data) => ({ url: `${path}/records/organisation`, method: 'PUT', data }),
        invalidatesTags: (_, error) => (error ? [] : ['PrivacyDeskRecords']),
      }),
      privacyDeskSaveActivity: builder.mutation<
        Versioned<ActivityDetails>,
        DetailsSave<ActivityDetails> & { key: string }
      >({
        query: ({ key, ...data }) => ({
          url: `${path}/records/activities/${encodeURIComponent(key)}`,
          method: 'PUT',
          data,
        }),
        invalidatesTags: (_, error) => (error ? [] : ['PrivacyDeskRecords']),
      }),
    }),
  });

export const {
  usePrivacyDeskPersonalDataMapQuery: usePersonalDataMapQuery,
  usePrivacyDeskMapEntryQuery: useMapEntryQuery,
  usePrivacyDeskSaveMappingMutation: useSaveMappingMutation,
  usePrivacyDeskResetMappingMutation: useResetMappingMutation,
  usePrivacyDeskFindPersonMutation: useFindPersonMutation,
  usePrivacyDeskExportTicketMutation: useExportTicketMutation,
  usePrivacyDeskEraseMutation: useEraseMutation,
  usePrivacyDeskErasuresQuery: useErasuresQuery,
  usePrivacyDeskProcessingRecordsQuery: useProcessingRecordsQuery,
  usePrivacyDeskSaveOrganisationMutation: useSaveOrganisationMutation,
  usePrivacyDeskSaveActivityMutation: useSaveActivityMutation,
} = api;

/** Addresses of files, below Strapi's own. */
export const exportFile = (ticket: string): string => `${path}/export?${new URLSearchParams({ ticket })}`;
export const RECORDS_TABLE = `${path}/records?format=csv`;
