import type { Core } from '@strapi/strapi';
import {
  BY_COUNTRY,
  recommendedRegimeRules,
  setupSteps,
  type Setup,
  type SetupAnswer,
  type SetupStep,
  type SetupWebsite,
} from '../../../contract';
import { changeSite, findSite, type SiteDocument } from '../catalogue/site-document';
import { catalogueProblems } from '../catalogue/validation';
import { PLUGIN_ID, SITE_UID, TRACKING_ITEM_UID } from '../constants';
import { validationError } from '../errors';
import { getService } from '../get-service';
import { requireCurrent, versionOf } from '../http/versions';

/** How far somebody got, in the core store; absent: nobody began. */
interface Progress {
  step: SetupStep;
  done: boolean;
}

const websiteOf = ({ structure }: SiteDocument): SetupWebsite => ({
  name: structure.name ?? '',
  origins: (Array.isArray(structure.origins) ? structure.origins : []).filter((origin) => typeof origin === 'string'),
  controllerName: structure.controllerName ?? '',
  policyUrl: structure.policyUrl ?? '',
  imprintUrl: structure.imprintUrl ?? '',
});

/** Leads from a fresh Strapi to a banner, a step at a time; each is saved at once, so it can be left and gone on with. */
export const createSetupService = ({ strapi }: { strapi: Core.Strapi }) => {
  const store = strapi.store({ type: 'plugin', name: PLUGIN_ID });
  const keyOf = ({ documentId }: SiteDocument): string => `setup-${documentId}`;
  const i18n = (name: 'locales' | 'iso-locales') => strapi.plugin('i18n').service(name);

  const isSetUp = async (site: SiteDocument): Promise<boolean> =>
    websiteOf(site).origins.length > 0 || (await strapi.db.query(TRACKING_ITEM_UID).count()) > 0;

  const addable = (site: SiteDocument): Setup['addable'] => {
    const known = new Set(site.locales.map(({ code }) => code));
    return (i18n('iso-locales').getIsoLocales() as Setup['addable'])
      .filter(({ code }) => !known.has(code))
      .map(({ code, name }) => ({ code, name }));
  };

  const addLocales = async (site: SiteDocument, codes: string[]): Promise<void> => {
    const known = new Map(addable(site).map(({ code, name }) => [code, name]));
    const unknown = codes.filter((code) => !known.has(code) && !site.locales.some((locale) => locale.code === code));
    if (unknown.length > 0)
      throw validationError(strapi, [{ path: ['add'], message: `${unknown.join(', ')} is no language of Strapi` }]);
    for (const code of codes) {
      // Somebody else may have added it meanwhile.
      if (known.has(code) && !(await i18n('locales').findByCode(code)))
        await i18n('locales').create({ code, name: known.get(code) });
    }
    await getService('seeding', { strapi }).settled();
  };

  const saveWebsite = (key: string, { version, website }: Extract<SetupAnswer, { step: 'website' }>) =>
    changeSite(strapi, key, (site) => {
      requireCurrent(version, websiteOf(site));
      const { name, origins, controllerName, policyUrl, imprintUrl } = website;
      const data = {
        name: name.trim(),
        origins: origins.map((origin) => origin.trim()).filter(Boolean),
        controllerName: controllerName.trim() || null,
        policyUrl: policyUrl.trim() || null,
        imprintUrl: imprintUrl.trim() || null,
      };
      const problems = catalogueProblems(SITE_UID, data);
      if (problems.length > 0)
        throw validationError(
          strapi,
          problems.map(({ path, message }) => ({ path: ['website', ...path], message })),
        );
      return { [site.structure.locale]: data };
    });

  return {
    /** null: there is no such site. */
    async find(key: string): Promise<Omit<Setup, 'scriptTags'> | null> {
      const site = await findSite(strapi, key);
      if (!site) return null;
      const progress = (await store.get({ key: keyOf(site) })) as Progress | null;
      const published = await getService('publishing', { strapi }).status(key);
      const website = websiteOf(site);
      return {
        status: progress ? (progress.done ? 'done' : 'open') : (await isSetUp(site)) ? 'done' : 'fresh',
        step: progress && !progress.done ? progress.step : setupSteps[0],
        version: versionOf(website),
        website,
        regime: site.structure.regime ?? 'as-configured',
        knowsCountry: getService('geo', { strapi }).knowsCountry(),
        theme: site.structure.theme ?? {},
        locales: site.locales,
        addable: addable(site),
        published:
          !published || published.status === 'never'
            ? 'never'
            : published.status === 'invalid'
              ? 'held-back'
              : published.mode === 'manual'
                ? 'by-hand'
                : 'live',
      };
    },

    /**
     * Takes a step; false if there is no such site.
     * @throws Strapi's validation error, StaleSave
     */
    async take(key: string, answer: SetupAnswer): Promise<boolean> {
      const site = await findSite(strapi, key);
      if (!site) return false;
      const structure = (data: object) => changeSite(strapi, key, (now) => ({ [now.structure.locale]: { ...data } }));
      if (answer.step === 'website') await saveWebsite(key, answer);
      if (answer.step === 'law') {
        const { regime } = answer;
        // Rules that somebody wrote stay.
        const rules = regime === BY_COUNTRY && !(site.structure as { regimeRules?: unknown }).regimeRules;
        await structure({ regime, ...(rules && { regimeRules: recommendedRegimeRules() }) });
      }
      if (answer.step === 'languages') await addLocales(site, answer.add);
      if (answer.step === 'look') {
        await structure({ theme: answer.theme });
        // The banner stands when this is answered.
        await getService('publishing', { strapi }).refresh();
      }

      const before = (await store.get({ key: keyOf(site) })) as Progress | null;
      const next = answer.step === 'later' ? undefined : setupSteps[setupSteps.indexOf(answer.step) + 1];
      const progress: Progress = {
        step: next ?? before?.step ?? setupSteps[0],
        done: answer.step === 'look' || (answer.step === 'later' && before?.done === true),
      };
      await store.set({ key: keyOf(site), value: progress });
      return true;
    },
  };
};
