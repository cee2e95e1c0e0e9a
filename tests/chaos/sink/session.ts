import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { shareOf } from '../support/random'
import { type Journal, monotonicMs, type Witnessed } from './journal'
import type { Room } from './room'
import { concerns, type Rule, type SinkPhase } from './rules'

export type SinkState = {
  journal: Journal
  rules: readonly Rule[]
  seed: number
  /** Required when set. */
  password: string | null
  /** The heads of messages are written down, too. */
  heads: boolean
  /** How often each rule has met each recipient. */
  met: Map<string, number>
  /** Asks the database what is true right now; absent where it is not needed. */
  witness?: () => Promise<Witnessed>
  count: { accepted: number }
  room: Room
  onAccepted(): void
}

/** The connection was ended by a rule or by the client. */
class Ended extends Error {}

/**
 * One connection, command by command. Written out rather than taken from a library, because it must be able to break off
 * at any point, also between having kept a message and saying so.
 */
export async function converse(socket: Socket, state: SinkState): Promise<void> {
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  try {
    await transactions(socket, state, createReader(socket))
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  } finally {
    socket.destroy()
  }
}

async function transactions(socket: Socket, state: SinkState, reader: Reader): Promise<void> {
  const { journal } = state
  const say = (line: string) => void socket.write(`${line}\r\n`)
  let to = ''
  let begun: ({ t: number } & Witnessed) | undefined
  let loggedIn = state.password === null
  journal.note({ e: 'connect', t: monotonicMs() })
  if (!(await pass('connect', socket, state, ''))) return
  say('220 sink ESMTP')
  for (;;) {
    const line = await reader.until('\r\n')
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO' || verb === 'HELO') {
      say(state.password === null ? '250 sink' : '250-sink\r\n250 AUTH PLAIN')
    } else if (verb === 'AUTH') {
      journal.note({ e: 'login', t: monotonicMs() })
      const password = Buffer.from(line.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0')[2]
      loggedIn = password === state.password
      say(loggedIn ? '235 2.7.0 Accepted' : '535 5.7.8 Username and Password not accepted')
    } else if (verb === 'MAIL') {
      if (!loggedIn) {
        say('530 5.7.0 Authentication required')
        continue
      }
      const t = monotonicMs()
      // The engine leaves the send gate only after this reply: the database's state now is that of the beginning.
      const witnessed = await state.witness?.()
      if (witnessed) begun = { t, ...witnessed }
      journal.note({ e: 'mail', t, ...(witnessed && { campaign: witnessed.campaign }) })
      if (await pass('mail', socket, state, '')) say('250 2.1.0 Ok')
    } else if (verb === 'RCPT') {
      to = /<(.*)>/.exec(line)?.[1] ?? ''
      journal.note({ e: 'rcpt', t: monotonicMs(), to, ...(begun && { begun }) })
      if (await pass('rcpt', socket, state, to)) say('250 2.1.5 Ok')
    } else if (verb === 'DATA') {
      if (!(await pass('data', socket, state, to))) continue
      say('354 End data with <CR><LF>.<CR><LF>')
      await takeMessage(await reader.until('\r\n.\r\n'), to)
    } else if (verb === 'QUIT') {
      say('221 2.0.0 Bye')
      return
    } else say('250 2.0.0 Ok')
  }

  async function takeMessage(message: string, recipient: string): Promise<void> {
    const id = /^Message-ID:\s*(<[^>]*>)/im.exec(message)?.[1] ?? ''
    const head = state.heads ? { head: message.slice(0, message.indexOf('\r\n\r\n')) } : {}
    journal.note({ e: 'message', t: monotonicMs(), to: recipient, id, ...head })
    if (!(await pass('message', socket, state, recipient))) return
    await state.room.take()
    await journal.keep({ e: 'accepted', t: monotonicMs(), to: recipient, id })
    state.count.accepted++
    state.onAccepted()
    if (!(await pass('accepted', socket, state, recipient))) return
    say('250 2.0.0 Ok: queued')
    await pass('after', socket, state, recipient)
  }
}

/** Applies the rules that hold here; false when the command has had its reply. */
async function pass(at: SinkPhase, socket: Socket, state: SinkState, recipient: string): Promise<boolean> {
  for (const [index, rule] of state.rules.entries()) {
    if (rule.at !== at || !concerns(rule, state.seed, recipient)) continue
    const key = `${index} ${recipient}`
    const met = (state.met.get(key) ?? 0) + 1
    state.met.set(key, met)
    if (rule.times !== undefined && met > rule.times) continue
    if ('drop' in rule.act) {
      if (at === 'connect') socket.resetAndDestroy()
      // Earlier replies must reach the client, so that the last thing it knows is certain.
      else socket.destroySoon()
      throw new Ended()
    }
    if ('code' in rule.act) {
      socket.write(`${rule.act.code} ${rule.act.text}\r\n`)
      return false
    }
    const [from, to] = rule.act.delayMs
    await sleep(from + shareOf(state.seed, `${at} ${recipient}`) * (to - from))
  }
  return true
}

type Reader = { until(mark: string): Promise<string> }

function createReader(socket: Socket): Reader {
  const chunks = socket.setEncoding('latin1')[Symbol.asyncIterator]() as AsyncIterator<string>
  let rest = ''
  return {
    async until(mark) {
      for (;;) {
        const end = rest.indexOf(mark)
        if (end >= 0) {
          const text = rest.slice(0, end)
          rest = rest.slice(end + mark.length)
          return text
        }
        const { done, value } = await chunks.next().catch(() => ({ done: true, value: '' }) as const)
        if (done) throw new Ended()
        rest += value
      }
    },
  }
}
