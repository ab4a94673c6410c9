import { useEffect, useRef, useState } from 'react';
import { SearchBox } from './SearchBox';

const SEARCH_AFTER_MS = 250;

interface Props {
  label: string;
  placeholder: string;
  /** What is searched for now. */
  value: string;
  onSearch: (value: string) => void;
}

/** Searches when there is a pause in typing; what is searched for otherwise (a link, "back") is shown. */
export const SearchField = ({ label, placeholder, value, onSearch }: Props) => {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);

  useEffect(() => {
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const pause = setTimeout(() => {
      sent.current = typed;
      onSearch(typed);
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(pause);
  }, [typed, onSearch]);

  return <SearchBox name="search" label={label} placeholder={placeholder} value={typed} onChange={setTyped} />;
};
