import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useSite } from '../hooks/useSite';
import { useText } from '../hooks/useText';

/** Which site the page is about; nothing where there is no choice. */
export const SitePicker = () => {
  const text = useText();
  const { site, sites, asked, choose } = useSite();
  if (sites.length < 2 && (site || !asked)) return null;
  return (
    <SingleSelect
      size="S"
      aria-label={text('site.picker')}
      placeholder={text('site.choose')}
      value={site?.key}
      onChange={(key) => choose(String(key))}
    >
      {sites.map(({ key, name }) => (
        <SingleSelectOption key={key} value={key}>
          {name}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
};
