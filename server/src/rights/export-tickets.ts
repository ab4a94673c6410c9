import type { Core } from '@strapi/strapi';
import type { PersonalExportRequest } from '../../../contract';
import { getService } from '../get-service';

const CONTEXT = 'ticket for an export of personal data';
const GOOD_FOR_MS = 60_000;

interface Ticket {
  request: PersonalExportRequest;
  /** Id of the admin user that may use it. */
  admin: number | string;
  untilMs: number;
}

/**
 * What an admin asks for, as a text for an address: browsers download with GET only, and no log of addresses may name people.
 * It is sealed, for one admin, and good for a minute.
 */
export const sealTicket = (strapi: Core.Strapi, request: PersonalExportRequest, admin: Ticket['admin']): string => {
  const ticket: Ticket = { request, admin, untilMs: Date.now() + GOOD_FOR_MS };
  return getService('keyRing', { strapi }).seal(JSON.stringify(ticket), CONTEXT);
};

/** What a ticket asks for; null: it is none of this admin's, or not good any more. */
export const openTicket = (
  strapi: Core.Strapi,
  sealed: string,
  admin: Ticket['admin'],
): PersonalExportRequest | null => {
  try {
    const ticket = JSON.parse(getService('keyRing', { strapi }).open(sealed, CONTEXT).toString()) as Ticket;
    return ticket.admin === admin && ticket.untilMs > Date.now() ? ticket.request : null;
  } catch {
    return null; // made up, or sealed with a key that is gone
  }
};
