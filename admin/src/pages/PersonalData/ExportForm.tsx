import { Button, Checkbox, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { EXPORT_FORMATS, type PersonalExportFormat, type PersonQuery } from '../../../../contract';
import { exportFile, useExportTicketMutation } from '../../api/personalData';
import { FormField } from '../../components/FormField';
import { Panel } from '../../components/Panel';
import { saveFile } from '../../components/saveFile';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';

/** Languages that the server has a summary in. */
const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'];

/** A copy of everything that is stored of a person, as a file. */
export const ExportForm = ({ query }: { query: PersonQuery }) => {
  const text = useText();
  const notify = useNotify();
  const { locale, formatDisplayName } = useIntl();
  const { get } = useFetchClient();
  const [ticket] = useExportTicketMutation();
  const own = locale.split('-')[0]!;
  const [format, setFormat] = useState<PersonalExportFormat>('json');
  const [withFiles, setWithFiles] = useState(true);
  const [language, setLanguage] = useState(languages.includes(own) ? own : 'en');
  const [loading, setLoading] = useState(false);
  const files = withFiles || format === 'csv';

  const download = async () => {
    setLoading(true);
    try {
      const answer = await ticket({ person: query, format, files, locale: language }).unwrap();
      const { data } = await get<Blob>(exportFile(answer.ticket), { responseType: 'blob' });
      saveFile(data, `personal-data-${new Date().toISOString().slice(0, 10)}.${files ? 'zip' : format}`);
    } catch (error) {
      notify.failed(error);
    }
    setLoading(false);
  };

  return (
    <Panel title={text('personal.export.title')}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography tag="p" textColor="neutral600">
          {text('personal.export.explain')}
        </Typography>
        <FormField name="format" label={text('personal.export.format')}>
          <SingleSelect value={format} onChange={(next) => setFormat(next as PersonalExportFormat)}>
            {EXPORT_FORMATS.map((one) => (
              <SingleSelectOption key={one} value={one}>
                {text(`personal.export.${one}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </FormField>
        <Checkbox
          checked={files}
          disabled={format === 'csv'}
          onCheckedChange={(checked) => setWithFiles(checked === true)}
        >
          {text(format === 'csv' ? 'personal.export.alwaysFiles' : 'personal.export.files')}
        </Checkbox>
        {files && (
          <FormField name="language" label={text('personal.export.language')}>
            <SingleSelect value={language} onChange={(next) => setLanguage(String(next))}>
              {languages.map((code) => (
                <SingleSelectOption key={code} value={code}>
                  {formatDisplayName(code, { type: 'language' }) ?? code}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </FormField>
        )}
        <div>
          <Button startIcon={<Download />} loading={loading} onClick={() => void download()}>
            {text('personal.export.download')}
          </Button>
        </div>
      </Flex>
    </Panel>
  );
};
