import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { selectEmails } from './look-ups'
import { exactly, type Figure } from './report'
import type { Seen } from './sink-process'
import type { Stage } from './stage'

/** Holds the table against the sink's journal, the two witnesses that know nothing of each other. */
export async function compareWithSink(stage: Pick<Stage, 'url'>, seen: Seen): Promise<Figure[]> {
  const emails = await selectEmails(stage)
  const accepted = new Set(seen.accepted.map(({ id }) => id))
  const statusOf = new Map(emails.map((email) => [email.message_id, email.status]))
  const unaccounted = [...accepted].filter((id) => !['sent', 'held'].includes(statusOf.get(id) ?? ''))
  const absent = emails.filter((email) => email.status === 'sent' && !accepted.has(email.message_id))
  return [
    exactly('Message-IDs accepted twice', seen.accepted.length - accepted.size, 0),
    exactly('emails sent but absent from the sink', absent.length, 0),
    exactly('emails accepted by the sink but neither sent nor held', unaccounted.length, 0),
  ]
}

export type Watch = { stop(): Promise<{ samples: number; violations: number }> }

/**
 * Looks all the time for a campaign that is completed while an email is open, in one statement and so at one moment.
 */
export function watchCompletion(url: string): Watch {
  let stopped = false
  let samples = 0
  let violations = 0
  const watching = (async () => {
    while (!stopped) {
      // The server may be away; then there is nothing to see.
      await watchOn(url).catch(() => sleep(50))
    }
  })()
  async function watchOn(address: string): Promise<void> {
    const client = new Client({ connectionString: address })
    client.on('error', () => undefined)
    await client.connect()
    try {
      while (!stopped) {
        const { rows } = await client.query(
          `SELECT 1 FROM campaigns c WHERE c.status = 'completed' AND EXISTS (
             SELECT 1 FROM scheduled_emails se WHERE se.campaign_id = c.id AND se.status IN ('pending', 'sending', 'held'))`,
        )
        samples++
        violations += rows.length
        await sleep(20)
      }
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  return {
    stop: async () => {
      stopped = true
      await watching
      return { samples, violations }
    },
  }
}
