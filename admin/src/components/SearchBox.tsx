import { Searchbar, SearchForm } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../hooks/useText';

/** Strapi's search bar, with a button to clear it that is large enough to be hit (WCAG 2.5.8). */
const Form = styled(SearchForm)`
  button {
    min-width: 2.4rem;
    min-height: 2.4rem;
  }
`;

interface Props {
  name: string;
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** A field to search with, and the button that empties it. */
export const SearchBox = ({ name, label, placeholder, value, onChange }: Props) => {
  const text = useText();
  return (
    <Form onSubmit={(event) => event.preventDefault()}>
      <Searchbar
        name={name}
        size="S"
        value={value}
        placeholder={placeholder}
        clearLabel={text('inventory.clearSearch')}
        onClear={() => onChange('')}
        onChange={({ target }) => onChange(target.value)}
      >
        {label}
      </Searchbar>
    </Form>
  );
};
