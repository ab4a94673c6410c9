/** A Strapi with persons to be anonymised; for bench/anonymise. */
import { startStrapi } from '../support/start-strapi.mjs';

const { strapi } = await startStrapi();
const service = strapi.plugin('privacy-desk').service('anonymisation');

process.on('message', async ({ verify }) => {
  const from = performance.now();
  let replacedAt = 0;
  const report = await service.run(
    { seed: 'bench', locale: 'en', password: 'Bench-1', keepAdmins: true, verify },
    (step) => {
      if (step !== '(check)') replacedAt = performance.now();
    },
  );
  const seconds = (to) => (to - from) / 1000;
  process.send({
    rows: report.rows,
    replaced: seconds(replacedAt),
    all: seconds(performance.now()),
    leftovers: report.check ? report.check.leftovers.length + report.check.more : null,
    rssMb: process.resourceUsage().maxRSS / 1024,
  });
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
