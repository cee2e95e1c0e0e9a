import { Client } from 'pg'

/** What stands between a client and PostgreSQL: nothing, or a pooler that lends it a session for so long. */
export type Pooling = 'none' | 'session' | 'transaction' | 'statement'

const PATIENCE_MS = 10_000
// As many clients as hold a session at once while the first asks again: two are enough for a pooler that lends its sessions in turn.
const ROUNDS = 3

/** Finds out how an address is pooled, by asking and not by its name. Opens up to four connections, and changes nothing. */
export async function findPooling(url: string): Promise<Pooling> {
  const clients: Client[] = []
  const open = async () => {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS })
    client.on('error', () => undefined)
    clients.push(client)
    await client.connect()
    return client
  }
  try {
    const first = await open()
    const session = await sessionOf(first)
    // A pooler makes up the number by which its client may cancel; PostgreSQL gives that of the session.
    if (Reflect.get(first, 'processID') === session) return 'none'
    for (let round = 0; round < ROUNDS; round++) {
      // It keeps what it was lent. Who gets the first one's session, or sees the first get another, knows enough.
      const other = await open()
      const begun = await other.query('BEGIN').catch((error: Error) => error)
      if (begun instanceof Error) {
        if (/statement pooling/.test(begun.message)) return 'statement'
        throw begun
      }
      if ((await sessionOf(other)) === session || (await sessionOf(first)) !== session) return 'transaction'
    }
    return 'session'
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)))
  }
}

async function sessionOf(client: Client): Promise<number | undefined> {
  return (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid
}
