import { MenuItem, SimpleMenu } from '@strapi/design-system';
import { useFetchClient } from '@strapi/strapi/admin';
import { translationFormats, type TranslationFormat, type TranslationsQuery } from '../../../../contract';
import { exportPath } from '../../api/translations';
import { saveFile } from '../../components/saveFile';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';

/** Files for translators, of the texts that the list is narrowed to. */
export const ExportMenu = ({ locale, filters }: { locale: string; filters: TranslationsQuery }) => {
  const text = useText();
  const notify = useNotify();
  const { get } = useFetchClient();
  const download = async (format: TranslationFormat) => {
    try {
      const { data } = await get<Blob>(exportPath(locale, format, filters), { responseType: 'blob' });
      saveFile(data, `privacy-desk-${locale}.${format === 'csv' ? 'csv' : 'xlf'}`);
    } catch (error) {
      notify.failed(error);
    }
  };
  return (
    <SimpleMenu variant="secondary" label={text('translations.export')}>
      {translationFormats.map((format) => (
        <MenuItem key={format} onSelect={() => void download(format)}>
          {text(`translations.export.${format}`)}
        </MenuItem>
      ))}
    </SimpleMenu>
  );
};
