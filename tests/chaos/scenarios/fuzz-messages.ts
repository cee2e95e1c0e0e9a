import { returnedIds } from '@/domain/conversation/bounce/bounce'
import { effectsOf } from '@/domain/conversation/effects'
import { kindOf } from '@/domain/conversation/kind'
import { lookUpsFor, matchOf } from '@/domain/conversation/match'
import { READ_LIMITS, readMessage, UnreadableMessage } from '@/mail/read-message'
import { CONTEXT, kindInWords, SAMPLE_MESSAGES, type SampleMessage } from '../../support/conversation/received'
import { mutated } from '../support/mutate-message'
import { createRandom } from '../support/random'
import { atLeast, atMost, exactly } from '../support/report'
import { scenario } from '../support/scenario'

// A message must not hold up the others of its mailbox.
const LONGEST_MS = 1_000

type Seen = { crashes: string[]; slow: string[]; unreadable: number; kinds: Map<string, number> }

export const fuzzMessages = scenario({
  id: 'T14',
  title: 'what messages are: samples as they are, and broken in every way',
  full: { messages: 10_000 },
  short: { messages: 300 },
  run: async ({ seed, sizes }) => {
    const random = createRandom(seed)
    const samples = await readSamples()
    const seen: Seen = { crashes: [], slow: [], unreadable: 0, kinds: new Map() }
    for (let n = 0; n < sizes.messages; n++) {
      const { name, raw } = random.pick(SAMPLE_MESSAGES)
      await readOne(`${name}, message ${n} of seed ${seed}`, mutated(raw, random), seen)
    }
    return {
      figures: [
        atLeast('sample messages', SAMPLE_MESSAGES.length, 120),
        exactly('automatic ones that count as human', samples.automaticAsHuman.length, 0),
        exactly('human ones that count as automatic, or as a wish to get no more', samples.humanLost.length, 0),
        atLeast('bounces of the right severity, in %', samples.bouncesTyped, 97),
        exactly('broken messages that crash the reader', seen.crashes.length, 0),
        atMost(`broken messages that take longer than ${LONGEST_MS} ms of processor time`, seen.slow.length, 0),
      ],
      counts: { unreadable: seen.unreadable, ...Object.fromEntries([...seen.kinds].sort()) },
      notes: [...samples.automaticAsHuman, ...samples.humanLost, ...seen.crashes, ...seen.slow].slice(0, 5),
    }
  },
})

async function readSamples() {
  const read = await Promise.all(
    SAMPLE_MESSAGES.map(async (message) => ({
      ...message,
      found: kindInWords(kindOf(await readMessage(message.raw), CONTEXT)),
    })),
  )
  const byPeople = ({ expected }: Pick<SampleMessage, 'expected'>) => /^(?:human|stop)-/.test(expected)
  const isHuman = ({ found }: { found: string }) => /^(?:human|stop)-/.test(found)
  /** Somebody who wants more would never be written to again. */
  const isSilenced = ({ expected, found }: (typeof read)[number]) =>
    expected.startsWith('human-') && found.startsWith('stop-')
  const bounces = read.filter(({ expected }) => expected.startsWith('bounce-'))
  const names = (some: typeof read) => some.map(({ name, found }) => `${name} is ${found}`)
  return {
    automaticAsHuman: names(read.filter((one) => !byPeople(one) && isHuman(one))),
    humanLost: names(read.filter((one) => byPeople(one) && (!isHuman(one) || isSilenced(one)))),
    bouncesTyped: (bounces.filter(({ expected, found }) => expected === found).length / bounces.length) * 100,
  }
}

/** Everything that a message goes through before anything is written. */
async function readOne(name: string, raw: Uint8Array, seen: Seen): Promise<void> {
  const before = process.cpuUsage()
  try {
    const message = await readMessage(raw, READ_LIMITS)
    const kind = kindOf(message, CONTEXT)
    const people = message.from ? [message.from.address] : []
    const identity = { message, returnedIds: returnedIds(message), people, mayMatchCompany: true }
    lookUpsFor(identity)
    const match = matchOf(identity, { byMessageId: [], byAddress: [], byCompany: [] }, CONTEXT.receivedAt)
    effectsOf(kind, match, null, { sender: people[0] ?? null, settings: SETTINGS, now: CONTEXT.receivedAt })
    seen.kinds.set(kind.kind, (seen.kinds.get(kind.kind) ?? 0) + 1)
  } catch (error) {
    if (error instanceof UnreadableMessage) seen.unreadable++
    else seen.crashes.push(`${name}: ${error}`)
  }
  const { user, system } = process.cpuUsage(before)
  if ((user + system) / 1_000 > LONGEST_MS) seen.slow.push(`${name}: ${Math.round((user + system) / 1_000)} ms`)
}

const SETTINGS = {
  awayDays: 7,
  stopCompany: true,
  window: { timezone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], startMinute: 540, endMinute: 1020, holidays: [] },
}
