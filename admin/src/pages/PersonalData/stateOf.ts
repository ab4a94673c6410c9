import type { MapEntry } from '../../../../contract';

/** What there is to say of a content type at first sight, the most urgent first. */
export const mapStates = [
  'broken',
  'proposed',
  'suspect',
  'config',
  'admin',
  'built-in',
  'ignored',
  'ignoredInConfig',
  'nothing',
] as const;
export type MapState = (typeof mapStates)[number];

export const stateOf = ({ source, ignored, mapping, problems, warnings, proposal }: MapEntry): MapState => {
  if (problems.length > 0) return 'broken';
  if (ignored) return source === 'config' ? 'ignoredInConfig' : 'ignored';
  if (mapping && source) return source;
  if (proposal) return 'proposed';
  return warnings.length > 0 ? 'suspect' : 'nothing';
};

/** Whether exports and erasures pass over what looks personal. */
export const isUnmapped = (entry: MapEntry): boolean => ['proposed', 'suspect'].includes(stateOf(entry));
