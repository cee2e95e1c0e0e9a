import { setImmediate } from 'node:timers/promises'
import { recordDecisions } from '@/db/queries/record-decisions'
import type { Deps } from '@/deps'
import { chooseMail, type EnsureDays, type InHand } from './choose-mail'
import { createComposer } from './compose-campaign-mail'
import type { PreparedMail, Sender, UnfitMail } from './wave'

export type Prepared = {
  ready: PreparedMail[]
  unfit: UnfitMail[]
  campaigns: Set<string>
  /** True when asking again may find something else. */
  more: boolean
}

// A round that found nothing to send looks further, so that many mails to defer don't take many rounds.
const LOOK_AHEAD = 500

/**
 * Reads due mails, asks the gates, and writes the messages of those that may leave: all the work that needs no
 * permission, done while earlier mails are on the wire. Nothing is claimed here; the wave asks again.
 */
export function createPreparation(deps: Deps, sender: Sender, ensure: EnsureDays) {
  const { sql, clock, log } = deps
  const { mailbox, settings } = sender
  const compose = createComposer(deps, mailbox, settings)
  let idle = false

  return async function prepare(most: number, inHand: InHand): Promise<Prepared> {
    const limit = idle ? Math.max(most, LOOK_AHEAD) : most
    const choice = await chooseMail(deps, sender, { limit, inHand, ensure })
    if (choice.record.length > 0) {
      await recordDecisions(sql, choice.record, clock.now())
      log.debug({ mailbox: mailbox.id, decisions: choice.record }, 'mails not sent now')
    }
    const ready: PreparedMail[] = []
    const unfit: UnfitMail[] = []
    for (const mail of choice.send.slice(0, most)) {
      // Writing keeps the processor; the dialogues under way want it, too.
      await setImmediate()
      const composed = await compose(mail)
      if (composed.ok) ready.push({ mail, composed })
      else unfit.push({ mail, reason: composed.reason })
    }
    idle = ready.length === 0
    return { ready, unfit, campaigns: choice.campaigns, more: choice.record.length + ready.length + unfit.length > 0 }
  }
}
