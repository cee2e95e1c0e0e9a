import type { FoundEmail } from '@/db/queries/conversations/look-up-emails'
import type { MessageRow } from '@/db/queries/conversations/store-message'
import type { Deps } from '@/deps'
import { addressesOf } from '@/domain/conversation/match'
import type { OpenedFolder } from '@/mail/imap/opened-mailbox'
import { type MessageBatch, type PreparedMessage, unreadableRow, withBody } from './message-batch'
import { candidatesIn, findEmails, type Meaning, type Understood } from './message-meaning'
import { recordOf } from './message-record'
import type { MessageToStore, StoredMessage } from './message-transaction'
import type { Reading } from './reading'

// They share one transaction, and its commit; while it acts, no sending begins.
const MOST_TOGETHER = 25
// Of their texts, in characters.
const LONGEST_TOGETHER = 1024 * 1024

/** A message that is ready to be stored. */
export type ReadyMessage = MessageToStore & {
  prepared: PreparedMessage
  /** Leads, addresses and the message itself: whoever shares one of them with another waits for its transaction. */
  touches: ReadonlySet<string>
  /** What it does reaches further than these: others follow in another transaction. */
  endsGroup: boolean
}

/** A batch as it is stored: `seen` is how many changes were known when its emails were looked up. */
export type SeenBatch = MessageBatch & { seen: number }

type Of = { opened: OpenedFolder; batch: SeenBatch; news: News }

/**
 * Takes from `left` the next messages that may share a transaction, at most `most`, in order: it makes no difference to any of them
 * what those before it do. Those that are gone, or stored already, are taken as well, and left out.
 */
export async function nextGroup(
  deps: Deps,
  reading: Reading,
  of: Of,
  { left, most = MOST_TOGETHER }: { left: PreparedMessage[]; most?: number | undefined },
): Promise<ReadyMessage[]> {
  const group: ReadyMessage[] = []
  const touched = new Set<string>()
  let length = 0
  for (let next = left[0]; next && group.length < most && length < LONGEST_TOGETHER; next = left[0]) {
    // Whether its body is needed is known only after those before it.
    if (next.isHead && group.length > 0) break
    const ready = await readyMessage(deps, reading, of, next)
    if (ready && !ready.touches.isDisjointFrom(touched)) break
    left.shift()
    if (!ready) continue
    group.push(ready)
    length += ready.row.bodyText.length + (ready.row.bodyHtml?.length ?? 0)
    for (const one of ready.touches) touched.add(one)
    if (ready.endsGroup) break
  }
  return group
}

/** What cannot be read is stored as such, with the reason, and does nothing. Null: it is gone, was there, or is asked for again. */
async function readyMessage(
  deps: Deps,
  reading: Reading,
  of: Of,
  prepared: PreparedMessage,
): Promise<ReadyMessage | null> {
  const { place, listed } = prepared
  try {
    const { content, found } = await withEmails(deps, reading, of, prepared)
    if (!content) return null
    if ('unreadable' in content) return readyUnreadable(prepared, content.unreadable)
    const meaning = await content.meaning(found)
    const row = recordOf(place, content.message, meaning)
    const candidates = Object.values(candidatesIn(found, content.keys)).flat()
    return {
      row,
      understood: { message: content.message, meaning },
      prepared: { ...prepared, content, isHead: prepared.isHead && content === prepared.content },
      touches: touchedBy(row, meaning, candidates),
      endsGroup: reachesFurther(meaning, candidates),
    }
  } catch (error) {
    if (await reading.refusals.waits(listed.uid, error)) return null
    return readyUnreadable(prepared, unreadableRow(deps, place, listed, error))
  }
}

export const readyUnreadable = (prepared: PreparedMessage, row: MessageRow): ReadyMessage => ({
  row,
  understood: null,
  prepared,
  touches: new Set([identityIn(row)]),
  endsGroup: false,
})

const identityIn = ({ messageId, contentHash }: MessageRow): string => `message ${messageId} ${contentHash}`

function touchedBy(row: MessageRow, meaning: Meaning, candidates: readonly FoundEmail[]): Set<string> {
  const touched = new Set([
    identityIn(row),
    ...candidates.map(({ leadId, id }) => (leadId ? `lead ${leadId}` : `email ${id}`)),
  ])
  if (meaning.own === 'nothing' || meaning.own === 'copy') return touched
  for (const address of meaning.match ? addressesOf(meaning.match.email) : []) touched.add(`address ${address}`)
  if (meaning.own === null && meaning.kind.kind === 'stop_request') touched.add(`address ${row.fromEmail}`)
  return touched
}

/** It may change what is known of other leads' emails: which id one has, whether one left, what is planned at the company. */
function reachesFurther(meaning: Meaning, candidates: readonly FoundEmail[]): boolean {
  if (meaning.own === 'nothing') return false
  if (meaning.own === 'copy') return true
  const { match } = meaning
  const email = match && candidates.find(({ id }) => id === match.email.id)
  if (!email || meaning.own === 'by_hand') return false
  return email.isInDoubt || (email.stopCompany && meaning.kind.kind === 'human')
}

/**
 * The content of a message with its emails, as they are known now. Where some belong to one whose body was left on the server as
 * nobody knew them before, the body is fetched: it may ask for something.
 */
async function withEmails(
  deps: Deps,
  reading: Reading,
  { opened, batch, news }: Of,
  message: PreparedMessage,
): Promise<{ content: PreparedMessage['content']; found: readonly FoundEmail[] }> {
  const { content, isHead } = message
  if (!content || 'unreadable' in content) return { content, found: [] }
  const found = news.isOld(content, batch) ? await findEmails(deps.sql, [content.keys]) : (batch.found ?? [])
  if (!isHead || Object.values(candidatesIn(found, content.keys)).every((some) => some.length === 0))
    return { content, found }
  const whole = await withBody(deps, reading, opened, message)
  const keys = whole.content && 'keys' in whole.content ? [whole.content.keys] : []
  return { content: whole.content, found: await findEmails(deps.sql, keys) }
}

export type News = ReturnType<typeof createNews>

/** What messages have changed since the emails of others were looked up. */
export function createNews() {
  let count = 0
  // At which count something changed for a lead, and for anybody.
  const leads = new Map<string, number>()
  let all = 0
  return {
    count: () => count,
    /** Whether the emails of this message have to be looked up again. */
    isOld: ({ keys }: Understood, { found, seen }: SeenBatch): boolean => {
      if (found === null || all > seen) return true
      if (count === seen) return false
      return Object.values(candidatesIn(found, keys))
        .flat()
        .some(({ leadId }) => leadId !== null && (leads.get(leadId) ?? 0) > seen)
    },
    note: ({ row, understood }: MessageToStore, { done }: StoredMessage) => {
      if (!understood) return
      const { message, meaning } = understood
      count++
      if (row.leadId) leads.set(row.leadId, count)
      const { messageId } = message
      const learns = meaning.own === 'copy' && messageId !== null && !meaning.email.messageIds.includes(messageId)
      if (learns || done.effects.companySkipped || done.effects.heldResolved) all = count
    },
  }
}
