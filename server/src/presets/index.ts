import { z } from 'zod';
import type { PresetText, ServicePreset } from '../../../contract';
import { closestLocales } from '../catalogue/closest-locales';
import { servicePreset } from './schema';
import { serviceFiles } from './services';

let parsed: readonly ServicePreset[] | undefined;

/** The library of services, by name. Read when it is first asked for: most Strapis never do while they run. */
export const servicePresets = (): readonly ServicePreset[] =>
  (parsed ??= z
    .array(servicePreset)
    .parse(serviceFiles)
    .sort((a, b) => a.name.localeCompare(b.name, 'en')));

export const findServicePreset = (key: string): ServicePreset | undefined =>
  servicePresets().find((preset) => preset.key === key);

/** A preset's text for a locale, in the closest language it is there in, English if none is; `language` says which. */
export const presetTextIn = (text: PresetText, locale: string): { language: string; text: string } => {
  const language = closestLocales(locale, Object.keys(text), 'en')[0]!;
  return { language, text: text[language]! };
};
