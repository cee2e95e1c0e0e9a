import { setImmediate } from 'node:timers/promises'
import { lockCampaignsOfEmails } from '@/db/queries/campaigns/lock-campaigns-of-leads'
import { type RecordedDecision, recordDecisions } from '@/db/queries/delivery/record-decisions'
import type { DueEmail } from '@/db/queries/delivery/select-due-emails'
import { transaction } from '@/db/sql'
import type { Deps } from '@/deps'
import { type Composed, createComposer } from './compose-email'
import type { EnsureLimitDays } from './daily-limits'
import { type Buffered, selectSendable } from './select-sendable'
import type { Sender } from './sender'
import type { TriedEmail } from './unmade-emails'

/** An email that is rendered and compiled, and may be claimed. */
export type PreparedEmail = {
  email: DueEmail
  composed: Extract<Composed, { ok: true }>
  /** What it takes in memory, about. */
  bytes: number
}

export type Prepared = {
  ready: PreparedEmail[]
  /** All that the look has tried to make, in their order. */
  tried: TriedEmail[]
  campaigns: Set<string>
  /** The mailbox or the settings were saved since the job read them: it has to begin anew. */
  senderChanged: boolean
  /** True when another look may find something else. */
  mayHaveMore: boolean
}

/** Prepares up to `most` due emails that are not buffered; no further ones once they have `mostBytes` together. */
export type PrepareEmails = (most: number, buffered: Buffered, mostBytes: number) => Promise<Prepared>

// A look that found nothing to send reads more rows the next time, so that many emails to defer don't take many looks.
const LOOK_AHEAD = 500

/**
 * Selects due emails and makes the messages of those that may leave: all the work that needs no permission, done while
 * earlier emails are on the wire. Nothing is claimed here; the dispatch decides again.
 */
export function createPrepareEmails(deps: Deps, sender: Sender, ensureDays: EnsureLimitDays): PrepareEmails {
  const { log } = deps
  const { mailbox, settings } = sender
  const compose = createComposer(deps, mailbox, settings)
  let foundNothing = false

  return async function prepareEmails(most, buffered, mostBytes) {
    const limit = foundNothing ? Math.max(most, LOOK_AHEAD) : most
    const { send, record, campaigns, senderChanged } = await selectSendable(deps, sender, {
      limit,
      buffered,
      ensureDays,
    })
    if (record.length > 0) {
      await recordDecided(deps, record)
      log.debug({ mailbox: mailbox.id, decisions: record }, 'emails not sent now')
    }
    const ready: PreparedEmail[] = []
    const tried: TriedEmail[] = []
    let bytes = 0
    for (const email of send.slice(0, most)) {
      // The others stay due, and a later look finds them again.
      if (bytes >= mostBytes) break
      // Rendering keeps the processor; the SMTP transactions under way want it, too.
      await setImmediate()
      const composed = await compose(email)
      if (composed.ok) {
        const one = { email, composed, bytes: bytesOf(composed) }
        bytes += one.bytes
        ready.push(one)
      }
      tried.push({ email, fault: composed.ok ? null : composed.reason, template: composed.template })
    }
    foundNothing = ready.length === 0
    const mayHaveMore = record.length + tried.length > 0
    return { ready, tried, campaigns, senderChanged, mayHaveMore }
  }
}

/** Records decisions; under the locks of their campaigns what is cancelled as its lead was taken out: it may have been put back since. */
export async function recordDecided(
  { sql, clock }: Pick<Deps, 'sql' | 'clock'>,
  record: readonly RecordedDecision[],
): Promise<void> {
  const cancelled = record.flatMap(({ id, kind }) => (kind === 'cancel' ? [id] : []))
  if (cancelled.length === 0) return void (await recordDecisions(sql, record, clock.now()))
  await transaction(sql, async (tx) => {
    await lockCampaignsOfEmails(tx, cancelled)
    await recordDecisions(tx, record, clock.now())
  })
}

/** Its message and its bodies, of which a character may take two bytes. */
const bytesOf = ({ outgoing, content: { text, html } }: PreparedEmail['composed']) =>
  outgoing.raw.length + 2 * (text.length + (html?.length ?? 0))
