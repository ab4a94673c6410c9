import { createPortal } from 'react-dom';
import { useIntl } from 'react-intl';
import { createGlobalStyle, styled } from 'styled-components';
import type { ProcessingRecords } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { activityName, organisationRows, recordRows, type RegisterRow } from './registerRows';

/** In print there is nothing but the sheet: no navigation, no colours of the night. */
const PrintOnly = createGlobalStyle`
  @page {
    size: A4;
    margin: 18mm 16mm;
  }

  @media print {
    html,
    body {
      height: auto !important;
      overflow: visible !important;
      background: #fff !important;
    }

    body > *:not([data-print-sheet]) {
      display: none !important;
    }
  }
`;

const Sheet = styled.div`
  display: none;

  @media print {
    display: block;
    color: #000;
    font-size: 10pt;
    line-height: 1.4;
    -webkit-print-color-adjust: exact;
    print-color-adjust: exact;

    h1 {
      font-size: 18pt;
      font-weight: 700;
      line-height: 1.2;
    }

    h2 {
      margin-block: 8mm 2mm;
      font-size: 13pt;
      font-weight: 700;
      break-after: avoid;
    }

    h3 {
      margin-block: 5mm 1.5mm;
      font-size: 11pt;
      font-weight: 700;
      break-after: avoid;
    }

    p {
      margin-block-start: 1mm;
      color: #444;
    }

    table {
      width: 100%;
      border-collapse: collapse;
      table-layout: fixed;
    }

    tr {
      break-inside: avoid;
    }

    th,
    td {
      padding: 1.2mm 2mm;
      border: 0.2mm solid #999;
      text-align: start;
      vertical-align: top;
      overflow-wrap: anywhere;
    }

    th {
      width: 45mm;
      background: #f0f0f0;
      font-weight: 600;
    }

    em {
      font-style: italic;
      color: #666;
    }
  }
`;

const Facts = ({ rows }: { rows: RegisterRow[] }) => {
  const text = useText();
  return (
    <table>
      <tbody>
        {rows.map(({ key, label, values, optional }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>
              {values.map((value) => (
                <div key={value}>{value}</div>
              ))}
              {values.length === 0 && <em>{text(optional ? 'personal.records.none' : 'personal.records.toAdd')}</em>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** The register as a document, for the browser's printing: not seen on screen. */
export const PrintSheet = ({ register }: { register: ProcessingRecords }) => {
  const text = useText();
  const { formatDate } = useIntl();
  return createPortal(
    <Sheet data-print-sheet>
      <PrintOnly />
      <h1>{text('personal.records.title')}</h1>
      <p>
        {text('personal.records.date', {
          date: formatDate(register.createdAt, { dateStyle: 'long', timeStyle: 'short' }),
        })}
      </p>
      <h2>{text('personal.records.organisation')}</h2>
      <Facts rows={organisationRows(text, register)} />
      {(['tracking', 'content', 'privacy-desk'] as const).map((source) => {
        const records = register.records.filter((record) => record.source === source);
        return (
          records.length > 0 && (
            <div key={source}>
              <h2>{text(`personal.records.source.${source}`)}</h2>
              {records.map((record) => (
                <div key={record.key}>
                  <h3>{activityName(text, record)}</h3>
                  <Facts rows={recordRows(text, record)} />
                </div>
              ))}
            </div>
          )
        );
      })}
    </Sheet>,
    document.body,
  );
};
