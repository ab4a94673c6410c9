import { createKeysService } from './catalogue/keys';
import { createSeedingService } from './catalogue/seeding';
import { createOverviewService } from './overview/service';
import { createPublishingService } from './publishing/service';

/** Every service of the plugin, by the name under which `getService` knows it. */
export default {
  keys: createKeysService,
  overview: createOverviewService,
  publishing: createPublishingService,
  seeding: createSeedingService,
};
