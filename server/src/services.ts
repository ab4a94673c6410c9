import { createKeysService } from './catalogue/keys';
import { createSeedingService } from './catalogue/seeding';

/** Every service of the plugin, by the name under which `getService` knows it. */
export default {
  keys: createKeysService,
  seeding: createSeedingService,
};
