import { createSeenOrigins } from './seen-origins';

/** Which websites use the script: noted by the public endpoints, shown on the Install page. */
export const createInstallService = () => createSeenOrigins();
