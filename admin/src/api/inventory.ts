import type {
  BulkChange,
  CategoryForm,
  Editable,
  EntrySave,
  Inventory,
  InventoryQuery,
  ItemForm,
  ItemMove,
  PresetAdded,
  PresetSummary,
} from '../../../contract';
import { deskApi } from './deskApi';

/** What a drawer edits: `items` or `categories`, as the addresses say. */
export interface EntryForms {
  items: ItemForm;
  categories: CategoryForm;
}
export type EntryType = keyof EntryForms;

interface Entry {
  type: EntryType;
  documentId: string;
}
type SomeForm = Partial<ItemForm & CategoryForm>;

const path = '/privacy-desk/inventory';
const invalidatesTags = ['PrivacyDeskCatalogue', 'PrivacyDeskPublished'] as (
  'PrivacyDeskCatalogue' | 'PrivacyDeskPublished'
)[];

const api = deskApi.injectEndpoints({
  endpoints: (builder) => ({
    privacyDeskInventory: builder.query<Inventory, InventoryQuery>({
      query: (params) => ({ url: path, method: 'GET', config: { params } }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
    privacyDeskEntry: builder.query<Editable<ItemForm & CategoryForm>, Entry>({
      query: ({ type, documentId }) => ({ url: `${path}/${type}/${documentId}`, method: 'GET' }),
      // A form is not filled anew because something else was saved.
      keepUnusedDataFor: 0,
    }),
    privacyDeskCreateEntry: builder.mutation<Editable<SomeForm>, { type: EntryType; form: SomeForm }>({
      query: ({ type, form }) => ({ url: `${path}/${type}`, method: 'POST', data: { form } }),
      invalidatesTags,
    }),
    privacyDeskSaveEntry: builder.mutation<Editable<SomeForm>, Entry & { save: EntrySave<ItemForm & CategoryForm> }>({
      query: ({ type, documentId, save }) => ({ url: `${path}/${type}/${documentId}`, method: 'PUT', data: save }),
      invalidatesTags,
    }),
    privacyDeskBulk: builder.mutation<{ changed: number }, BulkChange>({
      query: (data) => ({ url: `${path}/bulk`, method: 'POST', data }),
      invalidatesTags,
    }),
    privacyDeskMove: builder.mutation<{ changed: number }, ItemMove>({
      query: (data) => ({ url: `${path}/move`, method: 'POST', data }),
      invalidatesTags,
    }),
    privacyDeskOrderCategories: builder.mutation<void, string[]>({
      query: (categories) => ({ url: `${path}/categories/order`, method: 'POST', data: { categories } }),
      invalidatesTags,
    }),
    privacyDeskPresets: builder.query<{ presets: PresetSummary[] }, string>({
      query: (language) => ({ url: `${path}/presets`, method: 'GET', config: { params: { language } } }),
      providesTags: ['PrivacyDeskCatalogue'],
    }),
    privacyDeskAddPreset: builder.mutation<PresetAdded, string>({
      query: (key) => ({ url: `${path}/presets/${encodeURIComponent(key)}`, method: 'POST' }),
      invalidatesTags,
    }),
  }),
});

export const {
  usePrivacyDeskInventoryQuery: useInventoryQuery,
  usePrivacyDeskEntryQuery: useEntryQuery,
  usePrivacyDeskCreateEntryMutation: useCreateEntryMutation,
  usePrivacyDeskSaveEntryMutation: useSaveEntryMutation,
  usePrivacyDeskBulkMutation: useBulkMutation,
  usePrivacyDeskMoveMutation: useMoveMutation,
  usePrivacyDeskOrderCategoriesMutation: useOrderCategoriesMutation,
  usePrivacyDeskPresetsQuery: usePresetsQuery,
  usePrivacyDeskAddPresetMutation: useAddPresetMutation,
} = api;
