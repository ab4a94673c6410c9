'use strict';

/** Prints mails where the demo was started: nothing leaves this machine, and the links of data requests can be followed. */
module.exports = {
  init: () => ({
    send: async ({ to, subject, text }) => console.log(`\n  ── Mail to ${to}: ${subject}\n\n${text}\n  ──\n`),
  }),
};
