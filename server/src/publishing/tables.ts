import type { Dialect, OwnTable } from '../database/own-tables';

/** Every consent config that was ever published, by its content hash; written once, never updated. */
export const CONFIG_VERSIONS = 'privacy_desk_config_versions';
/** What is live, one row per site, with the facts that the revisions follow from. */
export const LIVE_SITES = 'privacy_desk_live_sites';
/** What went live when, by whom and why: the history of a site; written once, never updated. */
export const PUBLICATIONS = 'privacy_desk_publications';
/** Sites that are published by hand; the others have no row. */
export const PUBLISHING_MODES = 'privacy_desk_publishing_modes';

export const publishingTables = ({ text, bytes }: Dialect): OwnTable[] => [
  {
    name: CONFIG_VERSIONS,
    columns: [
      'version varchar(64) not null primary key',
      'site varchar(64) not null',
      'locale varchar(64) not null',
      `config_gzip ${bytes} not null`,
      'created_at_ms bigint not null',
    ],
  },
  {
    name: LIVE_SITES,
    columns: [
      'site varchar(64) not null primary key',
      'generation integer not null',
      `facts ${text} not null`,
      `versions ${text} not null`,
      'default_locale varchar(64) not null',
      'published_at_ms bigint not null',
    ],
  },
  {
    name: PUBLICATIONS,
    columns: [
      'site varchar(64) not null',
      'number integer not null',
      'published_at_ms bigint not null',
      'kind varchar(16) not null',
      `actors ${text} not null`,
      `note ${text} not null`,
      'default_locale varchar(64) not null',
      `versions ${text} not null`,
      `details ${text} not null`,
      'primary key (site, number)',
    ],
  },
  {
    name: PUBLISHING_MODES,
    columns: ['site varchar(64) not null primary key', 'mode varchar(16) not null', 'changed_at_ms bigint not null'],
  },
];
