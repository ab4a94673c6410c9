import { Button, Flex, Typography } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import {
  auditExportFormats,
  type AuditExportQuery,
  type AuditExportTicket,
  type AuditNarrowing,
} from '../../../../contract';
import { AUDIT_CHECKPOINTS_FILE, AUDIT_FILE } from '../../api/audit';
import { Panel } from '../../components/Panel';
import { useDownload } from '../../hooks/useDownload';
import { useText } from '../../hooks/useText';

/** Files of what the filters show, and of the checkpoints. */
export const Exports = ({ narrowing }: { narrowing: AuditNarrowing }) => {
  const text = useText();
  const { loading, download } = useDownload();
  const { post } = useFetchClient();
  const fileOf = async (query: AuditExportQuery): Promise<string> => {
    const { data } = await post<AuditExportTicket>(AUDIT_FILE, query);
    return `${AUDIT_FILE}?${new URLSearchParams({ ticket: data.ticket })}`;
  };
  const button = (name: string, label: string, path: Parameters<typeof download>[1], file: string) => (
    <Button
      key={name}
      variant="secondary"
      size="S"
      startIcon={<Download />}
      loading={loading === name}
      disabled={loading !== null}
      onClick={() => void download(name, path, file)}
    >
      {label}
    </Button>
  );
  return (
    <Panel title={text('audit.export')}>
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('audit.export.explain')}
      </Typography>
      <Flex gap={3} wrap="wrap">
        {auditExportFormats.map((format) =>
          button(format, text(`audit.export.${format}`), () => fileOf({ ...narrowing, format }), `audit.${format}`),
        )}
        {button('checkpoints', text('audit.export.checkpoints'), AUDIT_CHECKPOINTS_FILE, 'audit-checkpoints.jsonl')}
      </Flex>
    </Panel>
  );
};
