import { randomUUID } from 'node:crypto'
import type { MailboxReader } from '@/db/generated/client'
import { deleteChecks } from '@/db/queries/mailboxes/mailbox-checks'
import { saveMailboxRow } from '@/db/queries/mailboxes/update-mailbox-row'
import { withSendingBlocked } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { latestNextSendAt } from '@/domain/delivery/pace'
import { rampColumns } from '@/domain/delivery/ramp'
import { DomainError } from '@/domain/errors'
import { outdatedChecks } from '@/domain/mailbox/mailbox-checks'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { passwordFor } from '@/domain/mailbox/presets/find-preset'
import { localDate } from '@/domain/time/local-time'
import { nextOpening } from '@/domain/time/window'
import { encrypt } from '@/lib/encryption'
import { placeOfPassword } from './get-smtp-account'
import { filesSentAt, saveReader, sealedReader } from './reader-settings'

/** Creates a mailbox, with its way in where it has one. @throws {DomainError} invalid_input when its window never opens */
export async function createMailbox(
  { db, clock, config }: Deps,
  { smtpPassword, reader, ramp, ...mailbox }: MailboxInput,
) {
  const id = randomUUID()
  const at = clock.now()
  const input = checkedInput(mailbox, at)
  const smtpPasswordEncrypted = sealedPassword(config.encryptionKey, id, input, smtpPassword)
  const holidays = input.holidays.map((day) => new Date(day))
  const { rampFrom, ...growth } = rampColumns(ramp, null, localDate(at, input.timezone))
  const times = { createdAt: at, updatedAt: at }
  await db.mailbox.create({
    data: {
      ...input,
      holidays,
      ...growth,
      ...(rampFrom && { rampFrom: new Date(rampFrom) }),
      id,
      smtpPasswordEncrypted,
      ...times,
      ...wayIn(config.encryptionKey, id, reader, times),
    },
  })
  return { id }
}

function wayIn(
  encryptionKey: string,
  id: string,
  reader: MailboxInput['reader'],
  times: { createdAt: Date; updatedAt: Date },
) {
  if (!reader) return {}
  const { mailboxId: _, ...row } = sealedReader(encryptionKey, id, reader)
  return { reader: { create: { ...row, ...times, filesSent: filesSentAt(row.imapHost) } } }
}

/** A typed password as it is stored: sealed, without the spaces that its provider only shows. */
function sealedPassword(
  encryptionKey: string,
  mailboxId: string,
  { smtpHost }: Pick<MailboxInput, 'smtpHost'>,
  typed: string | null | undefined,
): string | null {
  return typed ? encrypt(encryptionKey, passwordFor(smtpHost ?? '', typed), placeOfPassword(mailboxId)) : null
}

/** Whether reading signs in elsewhere or otherwise than before. Without a login of its own it signs in as SMTP does. */
function isOtherReader(before: MailboxReader | null, saved: MailboxInput['reader'], sameServer: boolean): boolean {
  if (saved === undefined || (saved === null && before === null))
    return before !== null && !hasOwnLogin(before) && !sameServer
  if (saved === null || before === null || saved.imapPassword !== undefined) return true
  return (
    saved.imapHost !== before.imapHost ||
    saved.imapPort !== before.imapPort ||
    saved.imapSecurity !== before.imapSecurity ||
    (saved.imapUser || null) !== before.imapUser ||
    (!hasOwnLogin(before) && !sameServer)
  )
}

const hasOwnLogin = ({ imapUser, imapPasswordEncrypted }: MailboxReader) =>
  imapUser !== null && imapPasswordEncrypted !== null

// What a login depends on, beside the password.
const SERVER_FIELDS = ['kind', 'smtpHost', 'smtpPort', 'smtpSecurity', 'smtpUser', 'greetingName'] as const

/**
 * Saves a mailbox. No email made or decided about with the old settings leaves once this has committed. Its failure may be
 * fixed by this, so its health starts anew and the next tick tries again by itself. Its next email waits for its gap and
 * jitter as saved, counted from now, at the most. With other settings of its server it counts as not tested. Its way in is saved
 * with it, and what `alsoWrite` writes.
 * @throws {DomainError} not_found, invalid_input
 */
export async function updateMailbox(
  { db, sql, clock, config, queue }: Deps,
  { mailboxId, mailbox: { smtpPassword, reader, ramp, ...mailbox } }: { mailboxId: string; mailbox: MailboxInput },
  alsoWrite: (tx: Tx, at: Date) => Promise<void> = async () => undefined,
) {
  const at = clock.now()
  const input = checkedInput(mailbox, at)
  const password =
    smtpPassword === undefined
      ? {}
      : { smtpPasswordEncrypted: sealedPassword(config.encryptionKey, mailboxId, input, smtpPassword) }
  const before = await db.mailbox.findUnique({ where: { id: mailboxId }, include: { reader: true } })
  const sameServer =
    smtpPassword === undefined && SERVER_FIELDS.every((field) => (input[field] ?? null) === (before?.[field] ?? null))
  const outdated = outdatedChecks({
    sender: input.fromEmail !== before?.fromEmail,
    server: !sameServer,
    reader: isOtherReader(before?.reader ?? null, reader, sameServer),
  })
  const growth = rampColumns(ramp, before?.rampFrom ?? null, localDate(at, input.timezone))
  const patch = { ...input, ...growth, ...password, ...(sameServer ? {} : { testedAt: null }) }
  const save = { mailboxId, patch, latestNextSendAt: latestNextSendAt(input, at), at }
  const written = await withSendingBlocked(sql, async (tx) => {
    const smtpUser = input.smtpUser ?? null
    await saveReader(tx, { encryptionKey: config.encryptionKey, mailboxId, reader, smtpUser, at })
    await deleteChecks(tx, mailboxId, outdated)
    if (!(await saveMailboxRow(tx, save))) return false
    await alsoWrite(tx, at)
    return true
  })
  if (!written) throw new DomainError('not_found', 'This mailbox does not exist any more. Nothing was saved.')
  await queue.enqueueTick()
  return { id: mailboxId }
}

/** Refuses a window that never opens: it would plan and send nothing, and say so only when it is too late. */
function checkedInput<T extends Omit<MailboxInput, 'smtpPassword' | 'reader' | 'ramp'>>(input: T, now: Date): T {
  const { holidays, timezone, windowDays: days, windowStartMinute: startMinute, windowEndMinute: endMinute } = input
  try {
    nextOpening({ timezone, days, startMinute, endMinute, holidays }, now)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DomainError('invalid_input', `${error.message} Nothing was saved.`)
  }
  return input
}
