import { categoryModes } from '../../../../contract';
import { localized, shared } from './attribute';
import { catalogueType } from './catalogue-type';

export default {
  schema: catalogueType(
    'privacy_desk_categories',
    {
      singularName: 'category',
      pluralName: 'categories',
      displayName: 'Privacy category',
      description: 'A purpose that visitors decide on',
    },
    {
      name: localized({ type: 'string', required: true, maxLength: 100 }),
      key: shared({ type: 'string', required: true, maxLength: 64 }),
      description: localized({ type: 'blocks' }),
      mode: shared({ type: 'enumeration', enum: [...categoryModes], required: true, default: 'opt-in' }),
      honoursGpc: shared({ type: 'boolean', default: true }),
      signals: shared({ type: 'json' }),
      order: shared({ type: 'integer', default: 0 }),
    },
  ),
};
