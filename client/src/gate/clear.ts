import type { Clear } from '../core/desk';

const clear: Clear = async () => {};
export default clear;
