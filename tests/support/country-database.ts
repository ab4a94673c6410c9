import { isIP } from 'node:net';

type Value = string | number | Value[] | { [key: string]: Value };

const control = (type: number, size: number): Buffer => {
  const extended = type > 7 ? [type - 7] : [];
  const [small, more] = size < 29 ? [size, []] : [29, [size - 29]];
  return Buffer.from([((type > 7 ? 0 : type) << 5) | small, ...extended, ...more]);
};

const encode = (value: Value): Buffer => {
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, of]) => [encode(key), encode(of)])]);
};

/** The bits of a network: IPv4 lies below `::/96` of the one tree. */
const bitsOf = (network: string): number[] => {
  const [address = '', prefix] = network.split('/');
  const v4 = isIP(address) === 4;
  const groups = address.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - groups.flat().length)).fill('0');
  const bytes = v4
    ? [...Array<number>(12).fill(0), ...address.split('.').map(Number)]
    : [...groups[0]!, ...zeros, ...(groups[1] ?? [])].flatMap((group) => {
        const number = parseInt(group, 16);
        return [number >> 8, number & 255];
      });
  const bits = bytes.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((shift) => (byte >> shift) & 1));
  return bits.slice(0, Number(prefix) + (v4 ? 96 : 0));
};

/**
 * A database in MaxMind's format (https://maxmind.github.io/MaxMind-DB/), so that none has to be downloaded.
 *
 * @param networks by CIDR, none inside another
 */
export const countryDatabase = (networks: Record<string, Value>, type = 'Test-City'): Buffer => {
  type Child = number | { data: number } | null;
  const nodes: [Child, Child][] = [[null, null]];
  const data: Buffer[] = [];
  let length = 0;
  for (const [network, record] of Object.entries(networks)) {
    const bits = bitsOf(network);
    let node = 0;
    for (const bit of bits.slice(0, -1)) {
      const next = nodes[node]![bit as 0 | 1];
      if (typeof next === 'number') node = next;
      else {
        nodes.push([null, null]);
        node = nodes[node]![bit as 0 | 1] = nodes.length - 1;
      }
    }
    nodes[node]![bits.at(-1) as 0 | 1] = { data: length };
    data.push(encode(record));
    length += data.at(-1)!.length;
  }
  const tree = Buffer.alloc(nodes.length * 8);
  nodes.flat().forEach((child, index) => {
    const value = child === null ? nodes.length : typeof child === 'number' ? child : nodes.length + 16 + child.data;
    tree.writeUInt32BE(value, index * 4);
  });
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: type,
    description: { en: 'Test' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 32,
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), metadata]);
};

/** A record as MaxMind's city databases have it. */
export const placeRecord = (country: string, subdivision?: string): Value => ({
  country: { iso_code: country },
  ...(subdivision && { subdivisions: [{ iso_code: subdivision }] }),
});
