import { createSocket } from 'node:dgram'

type Mx = { priority: number; exchange: string }
type Srv = { priority: number; weight: number; port: number; host: string }

/** What a name holds; a number is the code with which the server fails, null its silence. */
export type Zone = Record<string, { mx?: Mx[]; txt?: string[]; srv?: Srv[] } | number | null>

const TYPES = { 15: 'mx', 16: 'txt', 33: 'srv' } as const
const SERVER_FAILURE = 2
const NO_SUCH_NAME = 3

const u16 = (value: number) => Buffer.from([value >> 8, value & 255])

const labels = (name: string) =>
  Buffer.concat([
    ...name
      .split('.')
      .filter(Boolean)
      .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ])

const mxData = ({ priority, exchange }: Mx) => Buffer.concat([u16(priority), labels(exchange)])
const srvData = ({ priority, weight, port, host }: Srv) =>
  Buffer.concat([u16(priority), u16(weight), u16(port), labels(host)])

/** In parts of at most 255 bytes, as a zone holds long texts. */
function txtData(text: string): Buffer {
  const parts = text.match(/[\s\S]{1,255}/g) ?? ['']
  return Buffer.concat(parts.map((part) => Buffer.from([part.length, ...Buffer.from(part)])))
}

/** Name of the question, its type, and the place where it ends. */
function questionIn(message: Buffer): { name: string; type: number; end: number } {
  const parts: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    parts.push(message.subarray(at + 1, at + 1 + length).toString('latin1'))
    at += 1 + length
  }
  return { name: parts.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

/** A name server on loopback. It remembers what it was asked, as "txt nexa.example"; `zone` may be changed meanwhile. */
export async function startNameServer(zone: Zone) {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (message, { port, address }) => {
    const { name, type, end } = questionIn(message)
    const kind = type === 15 || type === 16 || type === 33 ? TYPES[type] : null
    asked.push(`${kind ?? type} ${name}`)
    const held = zone[name]
    if (held === null) return
    const data =
      typeof held !== 'object' || kind === null
        ? []
        : kind === 'mx'
          ? (held.mx ?? []).map(mxData)
          : kind === 'txt'
            ? (held.txt ?? []).map(txtData)
            : (held.srv ?? []).map(srvData)
    const code = typeof held === 'number' ? held : held === undefined ? NO_SUCH_NAME : 0
    // The name of the question, a minute to live.
    const records = data.map((one) =>
      Buffer.concat([Buffer.from([0xc0, 12]), u16(type), u16(1), Buffer.from([0, 0, 0, 60]), u16(one.length), one]),
    )
    const head = Buffer.concat([
      message.subarray(0, 2),
      Buffer.from([0x81, 0x80 | code]),
      u16(1),
      u16(records.length),
      u16(0),
      u16(0),
    ])
    socket.send(Buffer.concat([head, message.subarray(12, end), ...records]), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    zone,
    asked,
    server: `127.0.0.1:${socket.address().port}`,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}

/** How a zone says that its server fails for a name. */
export const FAILS = SERVER_FAILURE
