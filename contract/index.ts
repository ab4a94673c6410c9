export * from './blocks';
export * from './choice';
export * from './consent-config';
export * from './preferences';
export * from './texts';
export type * from './admin-api';
