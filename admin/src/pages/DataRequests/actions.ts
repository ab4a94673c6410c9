import { isDue, type RequestActionName, type RequestDetails, type RequestType } from '../../../../contract';
import type { PanelAction } from '../../hooks/usePanel';

/** What is done at once. */
export type PlainAction = 'start' | 'resend' | 'retry';
/** What needs something written, or a second look. */
export type DialogAction = Exclude<RequestActionName, PlainAction | 'assign'>;

/** What leads on. */
export type NextAction = DialogAction | Exclude<PlainAction, 'retry'>;

/** What is written for an action: the field that holds it, and whether it may be left empty. */
export const writtenFor = {
  confirm: { field: 'reason', optional: false },
  note: { field: 'text', optional: false },
  extend: { field: 'reason', optional: false },
  answer: { field: 'message', optional: false },
  refuse: { field: 'reason', optional: false },
  withdraw: { field: 'reason', optional: false },
  export: { field: 'message', optional: true },
  erase: { field: 'message', optional: true },
} as const satisfies Record<DialogAction, { field: string; optional: boolean }>;

const usual: Partial<Record<RequestType, DialogAction>> = { access: 'export', portability: 'export', erasure: 'erase' };

/** What an admin user may do with a request as it is; what most likely comes next is the first. */
export const actionsFor = (
  { state, type, extendable, hasContent }: RequestDetails,
  can: (action: PanelAction) => boolean,
): NextAction[] => {
  const handle = can('requests.handle');
  const actions: NextAction[] = [];
  if (state === 'received' && handle) actions.push('confirm', 'resend', 'withdraw');
  if (isDue(state)) {
    if (handle) actions.push('answer');
    if (hasContent && can('requests.export')) actions.push('export');
    if (hasContent && can('requests.erase')) actions.push('erase');
    if (handle) actions.push('refuse');
    if (handle && extendable) actions.push('extend');
    if (handle) actions.push('withdraw');
    if (handle && state === 'confirmed') actions.push('start');
  }
  const first = usual[type];
  return first && actions.includes(first) ? [first, ...actions.filter((action) => action !== first)] : actions;
};
