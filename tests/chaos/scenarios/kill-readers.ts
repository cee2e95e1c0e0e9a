import type { ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { changesIn } from '../../support/conversation/contacted-leads'
import type { Dovecot } from '../../support/mail-servers/dovecot'
import { messageFiles, stateOnServer } from '../../support/mail-servers/dovecot-messages'
import { missingMailServers } from '../../support/mail-servers/packages'
import { createRandom, type Random } from '../support/random'
import {
  clearStanding,
  differences,
  endOf,
  isAlive,
  letStand,
  missingFrom,
  openFilledDovecot,
  openReaders,
  openReadingPlace,
  type Readers,
  type ReadingPlace,
  readToTheEnd,
  STANDS,
  TOGETHER,
  untilStanding,
} from '../support/reading-place'
import { exactly } from '../support/report'
import { type Setting, scenario } from '../support/scenario'
import { type Closers, closingAfterwards } from '../support/stage'

type Sizes = { messages: number; kills: number; restarts: number; renumberings: number }

// Of a hundred messages so many lie there twice.
const TWICE_PERCENT = 5

export const killReaders = scenario<Sizes>({
  id: 'T17',
  title: 'readers killed, Dovecot restarted and numbered anew, messages delivered twice: nothing lost, nothing twice',
  full: { messages: 10_000, kills: 50, restarts: 20, renumberings: 5 },
  short: { messages: 240, kills: 2, restarts: 1, renumberings: 1 },
  missing: missingMailServers,
  run: (setting) => closingAfterwards((closers) => play(setting, closers)),
})

async function play({ seed, sizes, server }: Setting<Sizes>, closers: Closers) {
  const random = createRandom(seed)
  const { messages, kills, renumberings } = sizes
  const dovecot = await openFilledDovecot({ messages, twicePercent: TWICE_PERCENT, random }, closers)
  const files = await messageFiles(dovecot)
  const state = await stateOnServer(dovecot, 'sam')
  const quiet = await openReadingPlace(server, { dovecot, leads: messages }, closers)
  await readToTheEnd(openReaders(quiet, { count: 1 }, closers))
  const troubled = await openReadingPlace(server, { dovecot, leads: messages }, closers)
  const readers = openReaders(troubled, { count: kills + 1 }, closers)
  const seen = await disturb(troubled, { sizes, dovecot, random, readers })
  await readToTheEnd(readers)
  const wanted = await changesIn(quiet.deps)
  const found = await changesIn(troubled.deps)
  const after = await messageFiles(dovecot)
  const stateAfter = await stateOnServer(dovecot, 'sam')
  const lost = missingFrom(found, wanted)
  return {
    figures: [
      exactly('events lost', lost.length, 0),
      exactly('events doubled or changed', missingFrom(wanted, found).length, 0),
      exactly('messages stored, each once', await troubled.deps.db.receivedMessage.count(), messages),
      exactly('kills between store and commit', seen.between, Math.ceil(kills / 2)),
      exactly('kills at any moment', seen.anywhere, Math.floor(kills / 2)),
      exactly('UIDVALIDITYs that the server had', seen.numberings, renumberings + 1),
      exactly('files on the server that are gone, new, moved, flagged or changed', differences(files, after), 0),
      exactly('messages on the server with other flags, sizes or times', differences(state, stateAfter), 0),
    ],
    counts: {
      'messages on the server': files.length,
      'messages that were flagged before': flagged(state),
      ...seen.counts,
    },
    notes: lost.slice(0, 3),
  }
}

const flagged = (state: readonly string[]): number => state.filter((line) => /Seen|Flagged/.test(line)).length

type Disturbance = { sizes: Sizes; dovecot: Dovecot; random: Random; readers: Readers }

/** Kills readers, in turn within a message's transaction and at any moment, spread over all that there is to read. */
async function disturb(troubled: ReadingPlace, { sizes, dovecot, random, readers }: Disturbance) {
  const { messages, kills, restarts, renumberings } = sizes
  const seen = { between: 0, anywhere: 0, numberings: 0, counts: { 'restarts of Dovecot': 0 } }
  const numbers = new Set<string>()
  const note = async () => numbers.add(await numberOfInbox(troubled))
  for (let n = 0; n < kills; n++) {
    if (isTurn(n, kills, renumberings)) await dovecot.renumber('sam')
    const [from, until] = [n, n + 1].map((part) => Math.floor((part * messages) / (kills + 1))) as [number, number]
    const anywhere = () => random.int(from, until - 1)
    const isBetween = n % 2 === 0
    // Beyond, no reader comes: whatever the machine does, it is there to be killed.
    if (isBetween) await letStand(troubled, random.pick(STANDS), until)
    else await letStand(troubled, 'received_messages', until + TOGETHER)
    const reader = await readers.start()
    if (isTurn(n, kills, restarts)) {
      await untilStored(troubled, reader, anywhere())
      await dovecot.restart()
      seen.counts['restarts of Dovecot']++
    }
    if (isBetween) await untilStanding(troubled, () => !isAlive(reader))
    else await untilStored(troubled, reader, anywhere())
    await note()
    if (isAlive(reader)) seen[isBetween ? 'between' : 'anywhere']++
    reader.kill('SIGKILL')
    await endOf(reader)
    await clearStanding(troubled)
  }
  await note()
  seen.numberings = numbers.size
  return seen
}

/** Whether the `n`th of so many kills comes with one of these. */
const isTurn = (n: number, kills: number, turns: number): boolean =>
  Math.floor(((n + 1) * turns) / kills) > Math.floor((n * turns) / kills)

const LOOK_MS = 20

async function untilStored({ deps }: ReadingPlace, reader: ChildProcess, wanted: number): Promise<void> {
  while (isAlive(reader) && (await deps.db.receivedMessage.count()) < wanted) await sleep(LOOK_MS)
}

async function numberOfInbox({ deps, mailboxId }: ReadingPlace): Promise<string> {
  const place = await deps.db.mailboxFolder.findFirst({ where: { mailboxId, path: 'INBOX' } })
  return String(place?.uidValidity ?? 'none')
}
