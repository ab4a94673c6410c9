// ESM, because Vite does not convert CommonJS of a symlinked package. Strapi 5 itself uses exports['./strapi-admin'].
export { default } from './dist/admin/index.mjs';
