import { randomUUID } from 'node:crypto'
import { saveMailboxRow } from '@/db/queries/mailboxes/update-mailbox-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Deps } from '@/deps'
import { latestNextSendAt } from '@/domain/delivery/pace'
import { DomainError } from '@/domain/errors'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { nextOpening } from '@/domain/time/window'
import { encrypt } from '@/lib/encryption'
import { placeOfPassword } from './get-smtp-account'

/** Creates a mailbox. @throws {DomainError} invalid_input when its window never opens */
export async function createMailbox({ db, clock, config }: Deps, { smtpPassword, ...mailbox }: MailboxInput) {
  const id = randomUUID()
  const at = clock.now()
  const input = checkedInput(mailbox, at)
  const smtpPasswordEncrypted = smtpPassword ? encrypt(config.encryptionKey, smtpPassword, placeOfPassword(id)) : null
  const holidays = input.holidays.map((day) => new Date(day))
  await db.mailbox.create({ data: { ...input, holidays, id, smtpPasswordEncrypted, createdAt: at, updatedAt: at } })
  return { id }
}

// What a login depends on, beside the password.
const SERVER_FIELDS = ['kind', 'smtpHost', 'smtpPort', 'smtpSecurity', 'smtpUser', 'greetingName'] as const

/**
 * Saves a mailbox. No email made or decided about with the old settings leaves once this has committed. Its failure may be
 * fixed by this, so its health starts anew and the next tick tries again by itself. Its next email waits for its gap and
 * jitter as saved, counted from now, at the most. With other settings of its server it counts as not tested.
 * @throws {DomainError} not_found, invalid_input
 */
export async function updateMailbox(
  { db, sql, clock, config, queue }: Deps,
  { mailboxId, mailbox: { smtpPassword, ...mailbox } }: { mailboxId: string; mailbox: MailboxInput },
) {
  const at = clock.now()
  const input = checkedInput(mailbox, at)
  const password =
    smtpPassword === undefined
      ? {}
      : {
          smtpPasswordEncrypted: smtpPassword
            ? encrypt(config.encryptionKey, smtpPassword, placeOfPassword(mailboxId))
            : null,
        }
  const before = await db.mailbox.findUnique({ where: { id: mailboxId } })
  const sameServer =
    smtpPassword === undefined && SERVER_FIELDS.every((field) => (input[field] ?? null) === (before?.[field] ?? null))
  const patch = { ...input, ...password, ...(sameServer ? {} : { testedAt: null }) }
  const save = { mailboxId, patch, latestNextSendAt: latestNextSendAt(input, at), at }
  const written = await withSendingBlocked(sql, (tx) => saveMailboxRow(tx, save))
  if (!written) throw new DomainError('not_found', 'This mailbox does not exist any more. Nothing was saved.')
  await queue.enqueueTick()
  return { id: mailboxId }
}

/** Refuses a window that never opens: it would plan and send nothing, and say so only when it is too late. */
function checkedInput<T extends Omit<MailboxInput, 'smtpPassword'>>(input: T, now: Date): T {
  const { holidays, timezone, windowDays: days, windowStartMinute: startMinute, windowEndMinute: endMinute } = input
  try {
    nextOpening({ timezone, days, startMinute, endMinute, holidays }, now)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DomainError('invalid_input', `${error.message} Nothing was saved.`)
  }
  return input
}
