// It shares nearly all with the dialog, so it travels with it: together they are smaller than apart.
export { declaration as default } from './dialog';
