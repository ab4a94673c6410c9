import type { Json } from '../sources';
import type { ExportDocument } from './document';

export const EXPORT_NAMESPACE = 'urn:privacy-desk:personal-data-export:1';

/** The schema of the XML (W3C XML Schema 1.0). */
export const EXPORT_SCHEMA = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${EXPORT_NAMESPACE}" targetNamespace="${EXPORT_NAMESPACE}" elementFormDefault="qualified">
  <xs:element name="export">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="about" type="value"/>
        <xs:element name="group" minOccurs="0" maxOccurs="unbounded">
          <xs:complexType>
            <xs:sequence>
              <xs:element name="entry" minOccurs="0" maxOccurs="unbounded">
                <xs:complexType>
                  <xs:sequence><xs:element name="field" type="field" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
                  <xs:attribute name="id" type="xs:string" use="required"/>
                  <xs:attribute name="locale" type="xs:string"/>
                  <xs:attribute name="status">
                    <xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="draft"/><xs:enumeration value="published"/></xs:restriction></xs:simpleType>
                  </xs:attribute>
                </xs:complexType>
              </xs:element>
            </xs:sequence>
            <xs:attribute name="type" type="xs:string" use="required"/>
            <xs:attribute name="name" type="xs:string" use="required"/>
            <xs:attribute name="purpose" type="xs:string" use="required"/>
            <xs:attribute name="legalBasis" type="xs:string" use="required"/>
            <xs:attribute name="retentionDays" type="xs:nonNegativeInteger"/>
          </xs:complexType>
        </xs:element>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
  <xs:complexType name="value" mixed="true">
    <xs:choice minOccurs="0" maxOccurs="unbounded">
      <xs:element name="field" type="field"/>
      <xs:element name="item" type="value"/>
    </xs:choice>
    <xs:attribute name="kind" type="kind" use="required"/>
  </xs:complexType>
  <xs:complexType name="field">
    <xs:complexContent mixed="true">
      <xs:extension base="value"><xs:attribute name="name" type="xs:string" use="required"/></xs:extension>
    </xs:complexContent>
  </xs:complexType>
  <xs:simpleType name="kind">
    <xs:restriction base="xs:string">
      <xs:enumeration value="string"/><xs:enumeration value="number"/><xs:enumeration value="boolean"/>
      <xs:enumeration value="null"/><xs:enumeration value="list"/><xs:enumeration value="object"/>
    </xs:restriction>
  </xs:simpleType>
</xs:schema>
`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** Characters that XML 1.0 does not allow at all (section 2.2), and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

const escape = (text: string): string =>
  text.replace(ILLEGAL, '\uFFFD').replace(/[&<>"\r]/g, (found) => ENTITIES[found]!);

/** In attributes, line breaks would become spaces. */
const attribute = (text: string): string => escape(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');

const kindOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value === 'object' ? 'object' : typeof value;

const content = (value: Json): string => {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map((one) => `<item kind="${kindOf(one)}">${content(one)}</item>`).join('');
  return typeof value === 'object' ? fieldElements(value) : escape(String(value));
};

const fieldElements = (fields: Record<string, Json>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<field name="${attribute(name)}" kind="${kindOf(value)}">${content(value)}</field>`)
    .join('');

const attributes = (values: Record<string, string | number | null>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${attribute(String(value))}"`)
    .join('');

/** One XML document, written piece by piece; its schema is `EXPORT_SCHEMA`. */
export async function* writeXml({ head, groups }: ExportDocument): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<export xmlns="${EXPORT_NAMESPACE}">\n`;
  yield `<about kind="object">${fieldElements(head)}</about>\n`;
  for await (const { entries, type, name, purpose, legalBasis, retentionDays } of groups) {
    yield `<group${attributes({ type, name, purpose, legalBasis, retentionDays })}>\n`;
    for await (const { id, locale, status, fields } of entries)
      yield `<entry${attributes({ id, locale, status })}>${fieldElements(fields)}</entry>\n`;
    yield '</group>\n';
  }
  yield '</export>\n';
}
