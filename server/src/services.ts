import { createAppearanceService } from './appearance/service';
import { createAuditService } from './audit/service';
import { createKeysService } from './catalogue/keys';
import { createSeedingService } from './catalogue/seeding';
import { createChoiceService } from './choice/service';
import { createFieldsService } from './fields/service';
import { createGeoService } from './geo/service';
import { createInstallService } from './install/service';
import { createPresetsService } from './inventory/presets';
import { createInventoryService } from './inventory/service';
import { createKeyRingService } from './keys/service';
import { createLedgerService } from './ledger/service';
import { createOverviewService } from './overview/service';
import { createPanelService } from './panel/service';
import { createReleasesService } from './publishing/releases';
import { createPublishingService } from './publishing/service';
import { createRedisService } from './redis';
import { createAnonymisationService } from './rights/anonymise/service';
import { createPersonalDataMapService } from './rights/map/service';
import { createProcessingRecordsService } from './rights/records/service';
import { createRightsService } from './rights/service';
import { createDataRequestsService } from './rights/requests/service';
import { createSetupService } from './setup/service';
import { createTranslationsService } from './translations/service';

/** Every service of the plugin, by the name under which `getService` knows it. */
export default {
  anonymisation: createAnonymisationService,
  appearance: createAppearanceService,
  audit: createAuditService,
  choice: createChoiceService,
  fields: createFieldsService,
  dataRequests: createDataRequestsService,
  geo: createGeoService,
  install: createInstallService,
  inventory: createInventoryService,
  keyRing: createKeyRingService,
  keys: createKeysService,
  ledger: createLedgerService,
  overview: createOverviewService,
  panel: createPanelService,
  personalDataMap: createPersonalDataMapService,
  presets: createPresetsService,
  processingRecords: createProcessingRecordsService,
  publishing: createPublishingService,
  redis: createRedisService,
  releases: createReleasesService,
  rights: createRightsService,
  seeding: createSeedingService,
  setup: createSetupService,
  translations: createTranslationsService,
};
