import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const HEADER = 12;
const NXDOMAIN = 3;
const A = 1;

/** A DNS server that knows A records, or knows nothing, or says nothing. */
export class FakeDns {
  private constructor(
    private readonly socket: Socket,
    readonly address: string,
  ) {}

  /** @param records addresses by name; undefined for a server that never answers */
  static async start(records: Readonly<Record<string, string[]>> | undefined): Promise<FakeDns> {
    const socket = createSocket('udp4');
    socket.on('message', (query, { port, address }) => {
      if (records) socket.send(answer(query, records), port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new FakeDns(socket, `127.0.0.1:${socket.address().port}`);
  }

  async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}

/** RFC 1035, section 4: the question again, and what is known. */
function answer(query: Buffer, records: Readonly<Record<string, string[]>>): Buffer {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = query.readUInt16BE(at + 1);
  const question = query.subarray(HEADER, at + 5);
  const known = records[labels.join('.')];
  const addresses = type === A ? (known ?? []) : [];
  const header = Buffer.alloc(HEADER);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (known ? 0 : NXDOMAIN), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  // The name by a pointer to the question, class IN, a minute, four bytes.
  const found = addresses.map(address =>
    Buffer.from([0xc0, HEADER, 0, A, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
  );
  return Buffer.concat([header, question, ...found]);
}
