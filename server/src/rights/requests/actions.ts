import {
  DUE_STATES,
  REQUEST_STATES,
  statesBefore,
  type Actor,
  type RequestActionName,
  type RequestActions,
} from '../../../../contract';
import { endOfPeriod, EXTENDED_MONTHS } from './deadline';
import type { RequestChange } from './store';

/** Actions that need nothing but the database. */
export type PlainAction = Exclude<RequestActionName, 'erase'>;

/** What an action needs to know beside its input. */
export interface ActionContext {
  /** undefined: by itself. */
  actor: Actor | undefined;
  now: number;
  timeZone: string;
  receivedAtMs: number;
  /** Name of the admin user that is to be assigned. */
  assigneeName: string | null;
}

type Change = Omit<RequestChange, 'version'>;

/** What each action of the panel does to a request: pure, so that the store only has to carry it out. */
export const plainActions: { [Name in PlainAction]: (input: RequestActions[Name], context: ActionContext) => Change } =
  {
    assign: ({ assignee }, { actor, assigneeName }) => ({
      from: REQUEST_STATES,
      set: { assignee },
      event: { kind: 'assigned', actor, text: assigneeName ?? '' },
    }),
    note: ({ text }, { actor }) => ({
      from: REQUEST_STATES,
      // What was destroyed is not begun anew.
      where: (query) => query.whereNotNull('sealed_key'),
      event: { kind: 'note', actor, text },
    }),
    confirm: ({ reason }, { actor, now }) => ({
      from: statesBefore('confirmed'),
      set: { state: 'confirmed', confirmed_at_ms: now },
      event: { kind: 'identified', actor, text: reason },
      mails: [{ kind: 'confirmed' }],
    }),
    resend: (_input, { actor }) => ({
      from: ['received'],
      event: { kind: 'resent', actor },
      mails: [{ kind: 'confirm' }],
    }),
    retry: (_input, { actor }) => ({
      from: REQUEST_STATES,
      event: { kind: 'resent', actor },
      retryMails: true,
    }),
    start: (_input, { actor }) => ({
      from: statesBefore('in-progress'),
      set: { state: 'in-progress' },
      event: { kind: 'started', actor },
    }),
    extend: ({ reason }, { actor, now, timeZone, receivedAtMs }) => ({
      from: DUE_STATES,
      // Once, and the person has to be told within the first month (GDPR, article 12 (3)).
      where: (query) => query.whereNull('extended_at_ms').where('due_at_ms', '>=', now),
      set: { extended_at_ms: now, due_at_ms: endOfPeriod(receivedAtMs, EXTENDED_MONTHS, timeZone) },
      event: { kind: 'extended', actor, text: reason },
      mails: [{ kind: 'extension', parts: { reason } }],
    }),
    answer: ({ message }, { actor, now }) => ({
      from: statesBefore('answered'),
      set: { state: 'answered', closed_at_ms: now },
      event: { kind: 'answered', actor, text: message },
      mails: [{ kind: 'answer', parts: { message } }],
    }),
    refuse: ({ reason }, { actor, now }) => ({
      from: statesBefore('refused'),
      set: { state: 'refused', closed_at_ms: now },
      event: { kind: 'refused', actor, text: reason },
      mails: [{ kind: 'refusal', parts: { reason } }],
    }),
    export: ({ message }, { actor, now }) => ({
      from: statesBefore('answered'),
      where: (query) => query.whereNotNull('sealed_key'),
      set: { state: 'answered', closed_at_ms: now },
      event: { kind: 'exported', actor },
      mails: [{ kind: 'export', parts: { message } }],
    }),
    withdraw: ({ reason }, { actor, now }) => ({
      from: statesBefore('withdrawn'),
      set: { state: 'withdrawn', closed_at_ms: now },
      event: { kind: 'withdrawn', actor, text: reason },
    }),
  };
