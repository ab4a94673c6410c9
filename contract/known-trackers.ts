/** Names by which well-known services for statistics and advertising are recognised: what they store ends where `*` stands. */
const names: Record<string, string> = {
  'Google Analytics': '_ga _ga_* _gid _gat _gat_* __utma __utmb __utmc __utmt __utmz AMP_TOKEN _dc_gtm_*',
  'Google Ads': '_gcl_* _gac_* IDE DSID __gads __gpi __gpi_optout ANID 1P_JAR NID',
  YouTube: 'VISITOR_INFO1_LIVE VISITOR_PRIVACY_METADATA YSC yt-remote-* ytidb::*',
  Meta: '_fbp _fbc datr lastExternalReferrer lastExternalReferrerTime',
  'Microsoft Advertising': '_uetsid* _uetvid* _uetmsclkid MUID MUIDB ANONCHK SRM_B',
  'Microsoft Clarity': '_clck _clsk CLID',
  Hotjar: '_hj* hjViewportId hjActiveViewportIds',
  Matomo: '_pk_id* _pk_ses* _pk_ref* _pk_cvar* _pk_hsr*',
  'Piwik PRO': '_pk_testcookie* ppms_privacy_*',
  'Adobe Analytics': 's_vi s_vi_* s_fid AMCV_* AMCVS_* demdex',
  LinkedIn: 'bcookie bscookie li_sugr li_fat_id li_gc lidc UserMatchHistory AnalyticsSyncHistory ln_or',
  TikTok: '_ttp _tt_enable_cookie ttcsid* tt_appInfo tt_sessionId',
  Pinterest: '_pin_unauth _pinterest_ct_* _epik _derived_epik ar_debug',
  Snapchat: '_scid _scid_r sc_at _sctr _schn1',
  X: 'personalization_id guest_id_ads guest_id_marketing muc_ads twid',
  Reddit: '_rdt_uuid _rdt_cid',
  HubSpot: 'hubspotutk __hstc __hssrc __hssc',
  Mixpanel: 'mp_*_mixpanel __mp_opt_*',
  Segment: 'ajs_anonymous_id ajs_user_id ajs_group_id',
  Amplitude: 'AMP_* amplitude_id* amp_cookie_test*',
  PostHog: 'ph_*_posthog',
  'Yandex Metrica': '_ym_* yandexuid yabs-sid ymex',
  Criteo: 'cto_bundle cto_tld_test cto_bidid uid_criteo',
  'Visual Website Optimizer': '_vwo* _vis_opt_*',
  Optimizely: 'optimizelyEndUserId optimizelySegments optimizelyBuckets',
  FullStory: 'fs_uid fs_cid fs_lua',
  Taboola: 't_gid t_pt_gid taboola_*',
  Outbrain: 'obuid outbrain_*',
  AddThis: '__atuvc __atuvs uvc',
};

const escape = (text: string): string => text.replace(/[.$^()[\]{}|+?\\]/g, '\\$&');

const patterns = Object.entries(names).map(
  ([vendor, list]) => [vendor, new RegExp(`^(${escape(list).replaceAll('*', '.*').replaceAll(' ', '|')})$`)] as const,
);

/** The vendor whose tracker is stored under this name, or under all names that begin so; undefined if nobody is known for it. */
export const knownTracker = (name: string): string | undefined =>
  patterns.find(([, pattern]) => pattern.test(name) || pattern.test(name.replace(/\*.*$/, '')))?.[0];
