import abTasty from './services/ab-tasty.json';
import activecampaign from './services/activecampaign.json';
import adobeAnalytics from './services/adobe-analytics.json';
import adobeFonts from './services/adobe-fonts.json';
import adroll from './services/adroll.json';
import akamaiBotManager from './services/akamai-bot-manager.json';
import algolia from './services/algolia.json';
import amazonAds from './services/amazon-ads.json';
import amplitude from './services/amplitude.json';
import authJs from './services/auth-js.json';
import awin from './services/awin.json';
import brevo from './services/brevo.json';
import calendly from './services/calendly.json';
import cloudflare from './services/cloudflare.json';
import cloudflareTurnstile from './services/cloudflare-turnstile.json';
import cloudflareWebAnalytics from './services/cloudflare-web-analytics.json';
import contentsquare from './services/contentsquare.json';
import crazyEgg from './services/crazy-egg.json';
import crisp from './services/crisp.json';
import criteo from './services/criteo.json';
import customerIo from './services/customer-io.json';
import dailymotion from './services/dailymotion.json';
import datadogRum from './services/datadog-rum.json';
import disqus from './services/disqus.json';
import drift from './services/drift.json';
import dynatrace from './services/dynatrace.json';
import etracker from './services/etracker.json';
import facebookEmbed from './services/facebook-embed.json';
import fathom from './services/fathom.json';
import fontAwesome from './services/font-awesome.json';
import friendlyCaptcha from './services/friendly-captcha.json';
import fullstory from './services/fullstory.json';
import googleAds from './services/google-ads.json';
import googleAdsense from './services/google-adsense.json';
import googleAnalytics4 from './services/google-analytics-4.json';
import googleFonts from './services/google-fonts.json';
import googleMaps from './services/google-maps.json';
import googleRecaptcha from './services/google-recaptcha.json';
import googleTagManager from './services/google-tag-manager.json';
import hcaptcha from './services/hcaptcha.json';
import heap from './services/heap.json';
import hotjar from './services/hotjar.json';
import hubspot from './services/hubspot.json';
import instagramEmbed from './services/instagram-embed.json';
import intercom from './services/intercom.json';
import klarna from './services/klarna.json';
import klaviyo from './services/klaviyo.json';
import leadfeeder from './services/leadfeeder.json';
import linkedinInsightTag from './services/linkedin-insight-tag.json';
import livechat from './services/livechat.json';
import luckyOrange from './services/lucky-orange.json';
import mailchimp from './services/mailchimp.json';
import mapbox from './services/mapbox.json';
import marketo from './services/marketo.json';
import matomo from './services/matomo.json';
import matomoCloud from './services/matomo-cloud.json';
import metaPixel from './services/meta-pixel.json';
import microsoftClarity from './services/microsoft-clarity.json';
import microsoftUet from './services/microsoft-uet.json';
import mixpanel from './services/mixpanel.json';
import mouseflow from './services/mouseflow.json';
import newRelic from './services/new-relic.json';
import openstreetmap from './services/openstreetmap.json';
import optimizely from './services/optimizely.json';
import outbrain from './services/outbrain.json';
import paypal from './services/paypal.json';
import phpSession from './services/php-session.json';
import pinterestTag from './services/pinterest-tag.json';
import piwikPro from './services/piwik-pro.json';
import plausible from './services/plausible.json';
import posthog from './services/posthog.json';
import privacyDesk from './services/privacy-desk.json';
import quantcastMeasure from './services/quantcast-measure.json';
import redditPixel from './services/reddit-pixel.json';
import salesforceAccountEngagement from './services/salesforce-account-engagement.json';
import segment from './services/segment.json';
import sentry from './services/sentry.json';
import shopify from './services/shopify.json';
import shopifyAnalytics from './services/shopify-analytics.json';
import simpleAnalytics from './services/simple-analytics.json';
import snapPixel from './services/snap-pixel.json';
import soundcloud from './services/soundcloud.json';
import spotify from './services/spotify.json';
import strapiUsers from './services/strapi-users.json';
import stripe from './services/stripe.json';
import taboola from './services/taboola.json';
import tawkTo from './services/tawk-to.json';
import theTradeDesk from './services/the-trade-desk.json';
import tiktokEmbed from './services/tiktok-embed.json';
import tiktokPixel from './services/tiktok-pixel.json';
import trustpilot from './services/trustpilot.json';
import twitch from './services/twitch.json';
import typeform from './services/typeform.json';
import umami from './services/umami.json';
import userlike from './services/userlike.json';
import vimeo from './services/vimeo.json';
import vwo from './services/vwo.json';
import wistia from './services/wistia.json';
import woocommerce from './services/woocommerce.json';
import woocommerceOrderAttribution from './services/woocommerce-order-attribution.json';
import wordpress from './services/wordpress.json';
import xEmbed from './services/x-embed.json';
import xPixel from './services/x-pixel.json';
import yandexMetrica from './services/yandex-metrica.json';
import youtube from './services/youtube.json';
import zendesk from './services/zendesk.json';

/** Every file of `services/`, as it is written there; `schema.ts` says what they must look like. */
export const serviceFiles: readonly unknown[] = [
  abTasty,
  activecampaign,
  adobeAnalytics,
  adobeFonts,
  adroll,
  akamaiBotManager,
  algolia,
  amazonAds,
  amplitude,
  authJs,
  awin,
  brevo,
  calendly,
  cloudflare,
  cloudflareTurnstile,
  cloudflareWebAnalytics,
  contentsquare,
  crazyEgg,
  crisp,
  criteo,
  customerIo,
  dailymotion,
  datadogRum,
  disqus,
  drift,
  dynatrace,
  etracker,
  facebookEmbed,
  fathom,
  fontAwesome,
  friendlyCaptcha,
  fullstory,
  googleAds,
  googleAdsense,
  googleAnalytics4,
  googleFonts,
  googleMaps,
  googleRecaptcha,
  googleTagManager,
  hcaptcha,
  heap,
  hotjar,
  hubspot,
  instagramEmbed,
  intercom,
  klarna,
  klaviyo,
  leadfeeder,
  linkedinInsightTag,
  livechat,
  luckyOrange,
  mailchimp,
  mapbox,
  marketo,
  matomo,
  matomoCloud,
  metaPixel,
  microsoftClarity,
  microsoftUet,
  mixpanel,
  mouseflow,
  newRelic,
  openstreetmap,
  optimizely,
  outbrain,
  paypal,
  phpSession,
  pinterestTag,
  piwikPro,
  plausible,
  posthog,
  privacyDesk,
  quantcastMeasure,
  redditPixel,
  salesforceAccountEngagement,
  segment,
  sentry,
  shopify,
  shopifyAnalytics,
  simpleAnalytics,
  snapPixel,
  soundcloud,
  spotify,
  strapiUsers,
  stripe,
  taboola,
  tawkTo,
  theTradeDesk,
  tiktokEmbed,
  tiktokPixel,
  trustpilot,
  twitch,
  typeform,
  umami,
  userlike,
  vimeo,
  vwo,
  wistia,
  woocommerce,
  woocommerceOrderAttribution,
  wordpress,
  xEmbed,
  xPixel,
  yandexMetrica,
  youtube,
  zendesk,
];
