import { useFetchClient } from '@strapi/strapi/admin';
import { useState } from 'react';
import { saveFile } from '../components/saveFile';
import { useNotify } from './useNotify';

interface Download {
  /** Which one is under way; null: none. */
  loading: string | null;
  /** Has the browser save an answer of the server; its path may have to be asked for first. */
  download: (name: string, path: string | (() => Promise<string>), file: string) => Promise<void>;
}

/** Files that the server makes, one at a time. */
export const useDownload = (): Download => {
  const notify = useNotify();
  const { get } = useFetchClient();
  const [loading, setLoading] = useState<string | null>(null);
  const download: Download['download'] = async (name, path, file) => {
    setLoading(name);
    try {
      const { data } = await get<Blob>(typeof path === 'string' ? path : await path(), { responseType: 'blob' });
      saveFile(data, file);
    } catch (error) {
      notify.failed(error);
    }
    setLoading(null);
  };
  return { loading, download };
};
