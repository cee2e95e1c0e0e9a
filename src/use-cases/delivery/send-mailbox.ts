// The send pipeline, a file a stage. One job serves one mailbox, batch by batch:
//
//   due rows -> select-sendable    reads due emails with their facts (delivery-facts, daily-limits); `decide` says which may leave
//            -> prepare-emails     renders and compiles those (compose-email); nothing is claimed yet
//                                  one that cannot be made fails by itself (unmade-emails)
//            -> prefetch-buffer    keeps them ready, so that the connections never wait for the database
//            -> dispatch-batch     under the send gate: decides again, claims with a lease and a fencing token, begins SMTP, on time
//                                  for connections that are about to come free (turnaround);
//                                  what was made of something that was saved since (content-version) is made anew
//            -> record-results     what the servers answered, as they answer (lib/gather), beside what they refused before
//                                  (refusals, which pauses campaigns for their content or size), a statement a group
//            -> record-health      a mailbox that failed stops or cools down (room of mailboxes)
//               mailbox-health     too many bounces pause first emails
//
// Before each batch, what people have written leaves (replies/): claimed under the same gate, recorded by itself.
//
// This file is the loop, sending-loop its state (when to stop, how many may leave at once), in-flight what is on its way.
import { setTimeout as sleep } from 'node:timers/promises'
import { selectNextDue } from '@/db/queries/replies/select-due-replies'
import type { Deps } from '@/deps'
import { completeCampaigns } from '@/use-cases/campaigns/complete-campaigns'
import { createMailboxHealth } from '@/use-cases/mailboxes/record-health'
import { createLimitDays } from './daily-limits'
import { createBatchDispatcher } from './dispatch-batch'
import { createPrefetchBuffer } from './prefetch-buffer'
import { createPrepareEmails } from './prepare-emails'
import { recordResults } from './record-results'
import { openRefusals } from './refusals'
import { createReplySender } from './replies/reply-sender'
import { openSender, type Sender } from './sender'
import { createSendLoop, type SendLoop } from './sending-loop'
import { createUnmadeEmails } from './unmade-emails'

export type SentByJob = { sent: number; other: number }

/**
 * Sends due emails from one mailbox, batch by batch, until none is due, a gate closes, or the time budget is used up.
 * Safe to run twice at once or not at all: every email is claimed by a guarded write before its SMTP transaction
 * begins. Where mailbox or settings are saved meanwhile, it goes on with those.
 */
export async function sendMailbox(
  deps: Deps,
  { mailboxId, signal }: { mailboxId: string; signal?: AbortSignal },
): Promise<SentByJob> {
  const job: SentByJob = { sent: 0, other: 0 }
  const startedAt = deps.clock.realNow()
  for (;;) {
    const sender = await openSender(deps, mailboxId)
    if (!sender) return job
    deps.measures?.mailboxServed(mailboxId)
    const connections = sender.connections.count
    const loop = createSendLoop(deps.clock, sender.mailbox, { signal, startedAt, connections })
    const { campaigns, senderChanged } = await sendBatches(deps, sender, loop)
    await completeCampaigns(deps, [...campaigns])
    const { sent, other, failure } = loop.total
    job.sent += sent
    job.other += other
    if (failure) throw failure
    if (!senderChanged) return job
  }
}

type Served = {
  /** Those whose emails it has looked at. */
  campaigns: Set<string>
  /** It has ended because mailbox or settings were saved since they were read. */
  senderChanged: boolean
}

/** Runs the loop to its end. Failures are in `loop.total`. */
async function sendBatches(deps: Deps, sender: Sender, loop: SendLoop): Promise<Served> {
  const { mailbox, account, connections } = sender
  const served: Served = { campaigns: new Set(), senderChanged: false }
  const ensureDays = createLimitDays(deps.sql, mailbox)
  const unmade = createUnmadeEmails(deps)
  const health = createMailboxHealth(deps, mailbox)
  const memory = { health, refusals: await openRefusals(deps, mailbox), accepted: 0 }
  const replies = createReplySender(deps, sender, health)
  const dispatcher = createBatchDispatcher(deps, sender, ensureDays)
  const buffer = createPrefetchBuffer(createPrepareEmails(deps, sender, ensureDays), {
    ahead: loop.bufferSize,
    mostBytes: loop.bufferBytes,
    onPrepared: async ({ campaigns, tried, senderChanged }) => {
      for (const id of campaigns) served.campaigns.add(id)
      await unmade.record(tried)
      if (!senderChanged) return
      served.senderChanged = true
      loop.stop()
    },
  })
  try {
    await loop.keepPace(mailbox.nextSendAt)
    while (!loop.shouldStop()) {
      const ready = await deps.mailer.ready(account, loop.connections(), loop.soonFree())
      if ('failure' in ready) {
        await health.unreachable(ready.failure)
        break
      }
      await health.loggedIn()
      if (ready.limit !== undefined) await connections.refusedBeyond(ready.limit)
      // Others of this process use them; nothing is claimed for a connection that is not there, or about to come free.
      if (ready.connections === 0) continue
      const begun = await replies.beginDue(ready.connections)
      if (replies.mustStop()) break
      if (begun === ready.connections) continue
      // A result that comes in during the look below may make an email due that the look did not see.
      const sawAllResults = loop.allRecorded()
      const emails = await buffer.take(Math.min(loop.batchSize(), ready.connections - begun))
      const batch = emails.length > 0 ? await dispatcher.dispatch(emails) : null
      if (batch) loop.track(batch, recordResults(deps, sender, memory, batch))
      // What the claim refused may have been made of something older than what is stored: the rest of the buffer, too.
      if (batch?.refusedAny) buffer.discard()
      await loop.untilConnectionsFree()
      loop.noteRound({ batch, madeProgress: batch ? batch.madeProgress : buffer.mayHaveMore() })
      if (loop.isIdle()) {
        if (sawAllResults) break
        await loop.untilNextLook()
      }
      await loop.keepPace(dispatcher.nextSendAt())
    }
  } catch (error) {
    loop.fail(error)
  } finally {
    // SMTP transactions under way are recorded whatever ended the loop.
    await buffer.close().catch(loop.fail)
    await loop.untilAllRecorded()
    await replies.untilRecorded().catch(loop.fail)
    loop.total.sent += replies.total.sent
    loop.total.other += replies.total.other
    if (connections.isLimited()) deps.mailer.release(account)
  }
  return served
}

/** Until a place among the connections that campaigns use, or the next reply, is worth waiting for. */
const REPLIES_BUDGET_MS = 30_000
const LOOK_AGAIN_MS = 500

/**
 * Sends what people have written from one mailbox as it comes due, until none is due soon; it waits for no pace and no window. Safe to
 * run beside `sendMailbox`, and twice.
 */
export async function sendReplies(
  deps: Deps,
  { mailboxId, signal }: { mailboxId: string; signal?: AbortSignal },
): Promise<SentByJob> {
  const { sql, clock, mailer } = deps
  const sender = await openSender(deps, mailboxId)
  if (!sender) return { sent: 0, other: 0 }
  const health = createMailboxHealth(deps, sender.mailbox)
  const replies = createReplySender(deps, sender, health)
  const endBy = clock.realNow().getTime() + REPLIES_BUDGET_MS
  while (!signal?.aborted && !replies.mustStop() && clock.realNow().getTime() < endBy) {
    const next = await selectNextDue(sql, mailboxId)
    const waitMs = next === null ? null : (next.getTime() - clock.now().getTime()) / clock.speed
    if (waitMs === null || waitMs > endBy - clock.realNow().getTime()) break
    if (waitMs > 0) {
      await sleep(Math.max(1, waitMs), undefined, { signal }).catch(() => undefined)
      continue
    }
    const ready = await mailer.ready(sender.account, 1)
    if ('failure' in ready) {
      await health.unreachable(ready.failure)
      break
    }
    await health.loggedIn()
    if ((await replies.beginDue(ready.connections)) === 0)
      await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined)
  }
  await replies.untilRecorded()
  return replies.total
}
