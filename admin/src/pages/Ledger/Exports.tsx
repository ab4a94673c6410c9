import { Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { useState } from 'react';
import { exportFormats } from '../../../../contract';
import { fieldErrorsOf, type ApiError } from '../../api/errors';
import { CHECKPOINTS_FILE, recordsFile } from '../../api/ledger';
import { DayField } from '../../components/DayField';
import { FilterRow } from '../../components/FilterRow';
import { Panel } from '../../components/Panel';
import { saveFile } from '../../components/saveFile';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';

const DAY_MS = 86_400_000;

/** Files of records and checkpoints. */
const Exports = ({ site }: { site: string }) => {
  const text = useText();
  const notify = useNotify();
  const { get } = useFetchClient();
  const [days, setDays] = useState<{ from?: string; to?: string }>({});
  const { form, errors, show, clear } = useFieldErrors<HTMLDivElement>();
  const [loading, setLoading] = useState<string | null>(null);

  const refuse = (error: ApiError) => {
    const problems = fieldErrorsOf(error);
    show(problems);
    if (Object.keys(problems).length === 0) notify.failed(error);
  };
  const download = async (name: string, path: string, file: string) => {
    setLoading(name);
    try {
      // Else Strapi throws away what a refusal says.
      const { data, status = 200 } = await get<Blob>(path, { responseType: 'blob', validateStatus: () => true });
      if (status < 400) saveFile(data, file);
      else refuse(JSON.parse(await data.text()).error);
    } catch (error) {
      notify.failed(error);
    }
    setLoading(null);
  };
  const period = {
    ...(days.from && { from: `${days.from}T00:00:00.000Z` }),
    ...(days.to && { to: new Date(Date.parse(`${days.to}T00:00:00Z`) + DAY_MS).toISOString() }),
  };
  const button = (name: string, label: string, path: string, file: string) => (
    <Button
      key={name}
      variant="secondary"
      startIcon={<Download />}
      loading={loading === name}
      disabled={loading !== null}
      onClick={() => void download(name, path, file)}
    >
      {label}
    </Button>
  );
  return (
    <Panel title={text('ledger.tab.export')}>
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('ledger.export.explain')}
      </Typography>
      <div ref={form}>
        <FilterRow alignItems="flex-start">
          {(['from', 'to'] as const).map((name) => (
            <DayField
              key={name}
              name={name}
              label={text(`ledger.${name}`)}
              value={days[name] ?? ''}
              error={errors[name]}
              onChange={(day) => {
                setDays({ ...days, [name]: day });
                clear();
              }}
            />
          ))}
        </FilterRow>
      </div>
      <Flex gap={3} wrap="wrap" paddingTop={5}>
        {exportFormats.map((format) =>
          button(
            format,
            text(`ledger.export.${format}`),
            recordsFile({ site, format, ...period }),
            `consents-${site}.${format}`,
          ),
        )}
        {button('checkpoints', text('ledger.export.checkpoints'), CHECKPOINTS_FILE, 'checkpoints.jsonl')}
      </Flex>
    </Panel>
  );
};

export default Exports;
