import type { Mailbox, MailboxCheck, MailboxReader, MailboxSignIn } from '../../../../src/db/generated/client'
import { goesOut, isTested } from '../../../../src/domain/delivery/mailbox-health'
import { TEST_PARTS } from '../../../../src/domain/mailbox/mailbox-checks'
import { type Examination, type Finding, fault, ok } from '../finding'

export type ExaminedMailbox = Mailbox & {
  reader: MailboxReader | null
  checks: MailboxCheck[]
  signIn: MailboxSignIn | null
}

type At = { sandbox: boolean; realNow: Date; freshReadMinutes: number }

/** Every mailbox sends and is read, as far as its last test and its last reading say. Nobody signs in anywhere. */
export const mailboxes: Examination = {
  name: 'mailboxes',
  examine: async ({ models, sandbox, realNow }) => {
    const include = { reader: true, checks: true, signIn: true } as const
    const all = await models.mailbox.findMany({ include, orderBy: { createdAt: 'asc' } })
    if (all.length === 0) return [ok('There is none yet.')]
    const { freshReadMinutes } = await models.settings.findFirstOrThrow()
    return all.flatMap((mailbox) => mailboxFindings(mailbox, { sandbox, realNow, freshReadMinutes }))
  },
}

const TEST = 'Test it under Settings, Mailboxes.'

/** What is known of one mailbox. */
export function mailboxFindings(mailbox: ExaminedMailbox, at: At): Finding[] {
  const said = new Set<string>()
  const faults = [...sendingFaults(mailbox, at), ...readingFaults(mailbox, at), ...testFaults(mailbox)]
    // A failed sign-in stands in the mailbox and in its test.
    .filter(({ what }) => !said.has(what) && said.add(what))
    .map(({ what, fix }) => fault(`“${mailbox.name}”: ${what}`, fix))
  return faults.length > 0 ? faults : [ok(`“${mailbox.name}”: ${stateOf(mailbox, at)}.`)]
}

type Fault = { what: string; fix: string }

function sendingFaults(mailbox: ExaminedMailbox, { sandbox }: At): Fault[] {
  const { health, healthReason, signIn } = mailbox
  if (signIn?.endedReason) return [{ what: signIn.endedReason, fix: 'Sign in again under Settings, Mailboxes.' }]
  if (health === 'stopped')
    return [
      {
        what: healthReason ?? 'It has stopped sending.',
        fix: `Fix its settings, then test it, under Settings, Mailboxes.`,
      },
    ]
  if (!isTested(mailbox, sandbox))
    return [{ what: healthReason ?? 'No sign-in to its server has succeeded yet.', fix: TEST }]
  return []
}

function readingFaults({ reader }: ExaminedMailbox, { realNow, freshReadMinutes }: At): Fault[] {
  if (!reader) return []
  if (reader.health === 'stopped')
    return [
      {
        what: reader.healthReason ?? 'Reading has stopped.',
        fix: `Fix its settings for reading, then test it, under Settings, Mailboxes.`,
      },
    ]
  const since = reader.lastReadAt ?? reader.createdAt
  const minutes = Math.floor((realNow.getTime() - since.getTime()) / 60_000)
  const late =
    minutes < freshReadMinutes
      ? []
      : [
          {
            what: `It was not read for ${minutes} minutes, so answers are not known and follow-ups wait.`,
            fix: `See that a worker is at work. ${TEST}`,
          },
        ]
  const copies = reader.copyFailure
    ? [{ what: `Copies of sent emails cannot be put into Sent: ${reader.copyFailure}`, fix: TEST }]
    : []
  return [...late, ...copies]
}

const testFaults = ({ checks }: ExaminedMailbox): Fault[] =>
  checks
    .filter(({ name, outcome }) => outcome === 'wrong' && TEST_PARTS.some((part) => part === name))
    .map(({ message }) => ({ what: message, fix: TEST }))

function stateOf({ kind, testedAt, reader, coolDownUntil, health }: ExaminedMailbox, { sandbox }: At): string {
  if (!goesOut({ kind }, sandbox)) return 'keeps emails in the sandbox inbox'
  const sending =
    health === 'cooling_down' && coolDownUntil ? `waits until ${coolDownUntil.toISOString()} by itself` : 'sends'
  const tested = testedAt ? ` (tested ${testedAt.toISOString()})` : ''
  const read = reader?.lastReadAt ? `, last read ${reader.lastReadAt.toISOString()}` : ', nothing reads it'
  return `${sending}${tested}${read}`
}
