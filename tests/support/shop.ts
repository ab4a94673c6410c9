import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { personalData } from '../../playground/strapi/src/personal-data';
import { startStrapi, type TestApp, type TestDatabase } from './strapi';

const fixture = path.resolve(__dirname, '../fixtures/strapi-app');
const playground = path.resolve(__dirname, '../../playground/strapi/src');

/** A copy of the test application with the content types of the playground's shop, without their REST endpoints. */
export const shopFolder = (): string => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-shop-'));
  const isSchema = (file: string): boolean => fs.statSync(file).isDirectory() || file.endsWith('.json');
  for (const name of ['config', 'public', 'database', 'package.json'])
    fs.cpSync(path.join(fixture, name), path.join(folder, name), { recursive: true });
  for (const name of ['api', 'components'])
    fs.cpSync(path.join(playground, name), path.join(folder, 'src', name), { recursive: true, filter: isSchema });
  // Where the application finds what it requires, and the plugin's own source.
  fs.symlinkSync(path.resolve(__dirname, '../../node_modules'), path.join(folder, 'node_modules'));
  process.env.PRIVACY_DESK_PLUGIN = path.resolve(__dirname, '../fixtures/plugin');
  return folder;
};

/** Boots Strapi with the shop, and with its personal-data map unless another config is given. */
export const startShop = async (
  options: { database?: TestDatabase; config?: Record<string, unknown>; appDir?: string } = {},
): Promise<TestApp> => {
  const appDir = options.appDir ?? shopFolder();
  const removeFolder = (): void => {
    if (!options.appDir) fs.rmSync(appDir, { recursive: true, force: true });
  };
  try {
    const app = await startStrapi({ config: { personalData }, ...options, appDir });
    const stop = async (): Promise<void> => {
      await app.stop();
      removeFolder();
    };
    return { ...app, stop };
  } catch (error) {
    removeFolder();
    throw error;
  }
};
