import { CATEGORY_UID, SITE_UID, STORAGE_FIELD } from '../../constants';
import { localized, shared } from './attribute';
import { catalogueType } from './catalogue-type';

export default {
  schema: catalogueType(
    'privacy_desk_tracking_items',
    {
      singularName: 'tracking-item',
      pluralName: 'tracking-items',
      displayName: 'Tracking item',
      description: 'One service, script or set of cookies, and what it stores',
    },
    {
      name: localized({ type: 'string', required: true, maxLength: 100 }),
      key: shared({ type: 'string', required: true, maxLength: 64 }),
      description: localized({ type: 'blocks' }),
      // Relations belong to a row, so to a language, whatever is said here; the catalogue copies them to the others.
      category: localized({ type: 'relation', relation: 'manyToOne', target: CATEGORY_UID }),
      provider: shared({ type: 'string', maxLength: 200 }),
      providerPolicyUrl: shared({ type: 'string', maxLength: 255 }),
      // Facts and purposes in one list: the facts are kept equal in all languages by row id.
      storage: localized({ type: 'customField', customField: STORAGE_FIELD.uid }),
      signals: shared({ type: 'json' }),
      sites: localized({ type: 'relation', relation: 'manyToMany', target: SITE_UID }),
      order: shared({ type: 'integer', default: 0 }),
      enabled: shared({ type: 'boolean', default: true }),
    },
  ),
};
