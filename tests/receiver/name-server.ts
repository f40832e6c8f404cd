import { createSocket } from 'node:dgram';

export interface NameServer {
  /** `address:port`, as a resolver takes it. */
  readonly address: string;
  /** Questions so far, as `A name` or `AAAA name`. */
  readonly questions: readonly string[];
  close(): Promise<void>;
}

/** The IPv4 addresses of a name; null to say that it does not exist, undefined to say nothing at all. */
export type Zone = (name: string, turn: number) => readonly string[] | null | undefined;

const TYPES: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA' };

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** A real DNS server (RFC 1035) on the loopback, over UDP; `turn` counts the A questions for a name, from 0. */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  const questions: string[] = [];
  const turns = new Map<string, number>();
  const socket = createSocket('udp4');

  function answersTo(name: string, type: string): readonly string[] | null | undefined {
    questions.push(`${type} ${name}`);
    const turn = turns.get(name) ?? 0;
    if (type === 'A') turns.set(name, turn + 1);
    const found = zone(name, turn);
    return type === 'A' || !found ? found : [];
  }

  socket.on('message', (query, peer) => {
    const { name, end } = readName(query);
    const answers = answersTo(name, TYPES[query.readUInt16BE(end)] ?? 'other');
    if (answers === undefined) return;
    const header = Buffer.alloc(12);
    header.writeUInt16BE(query.readUInt16BE(0), 0);
    header.writeUInt16BE(answers === null ? 0x8183 : 0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(answers?.length ?? 0, 6);
    const records = (answers ?? []).map((ip) =>
      // A pointer to the question's name, type A, class IN, TTL 0, four bytes.
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...ip.split('.').map(Number)]),
    );
    socket.send(Buffer.concat([header, query.subarray(12, end + 4), ...records]), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));

  return {
    address: `127.0.0.1:${socket.address().port}`,
    questions,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
