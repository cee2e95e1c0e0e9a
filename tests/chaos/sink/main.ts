import { type AddressInfo, createServer } from 'node:net'
import { Pool } from 'pg'
import { openJournal } from './journal'
import { createRoom } from './room'
import type { Rule } from './rules'
import { converse, type SinkState } from './session'

/**
 * An SMTP server in a process of its own: it goes on whatever happens to the workers, the database and the watching
 * process. Takes orders from its parent; ends with it.
 */
export type ToSink =
  | { rules: readonly Rule[] }
  /** Accepts so many emails in all; further messages wait, received and not recorded, until it is told a higher number. */
  | { acceptUpTo: number }
  | { password: string | null }
  | { heads: boolean }
  | { witness: { databaseUrl: string; campaignId: string } }
export type FromSink = { port: number } | { accepted: number }

const TELL_EVERY_MS = 5

const [path = '', seed = '0'] = process.argv.slice(2)
let telling = false
const state: SinkState = {
  journal: await openJournal(path),
  rules: [],
  seed: Number(seed),
  password: null,
  heads: false,
  met: new Map(),
  count: { accepted: 0 },
  room: createRoom(),
  onAccepted: () => {
    if (telling) return
    telling = true
    setTimeout(() => {
      telling = false
      tell({ accepted: state.count.accepted })
    }, TELL_EVERY_MS)
  },
}
const tell = (message: FromSink) => void process.send?.(message)

process.on('message', (message: ToSink) => {
  if ('rules' in message) {
    state.rules = message.rules
    state.met.clear()
  } else if ('acceptUpTo' in message) state.room.upTo(message.acceptUpTo)
  else if ('password' in message) state.password = message.password
  else if ('heads' in message) state.heads = message.heads
  else {
    const { databaseUrl, campaignId } = message.witness
    const pool = new Pool({ connectionString: databaseUrl, max: 20 })
    pool.on('error', () => undefined)
    state.witness = async () => {
      const { rows } = await pool.query(
        'SELECT status AS campaign, pg_current_snapshot()::text AS snapshot FROM campaigns WHERE id = $1',
        [campaignId],
      )
      return { campaign: String(rows[0]?.campaign), snapshot: String(rows[0]?.snapshot) }
    }
  }
})
process.on('disconnect', () => process.exit(0))

const server = createServer((socket) => void converse(socket, state))
server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
