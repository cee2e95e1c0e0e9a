import type { Mailbox } from '@/db/generated/client'
import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import type { Deps } from '@/deps'
import { toWindow } from '@/domain/campaign/sending-mailboxes'
import { addsCopies } from '@/domain/conversation/sent-copies'
import {
  type ConnectionLimitCause,
  limitInForce,
  type StoredLimit,
  slowedTo,
  storedLimit,
} from '@/domain/delivery/connection-limit'
import { goesOut, isAvailable } from '@/domain/delivery/mailbox-health'
import type { SendingWindow } from '@/domain/time/window'
import type { SmtpAccount } from '@/mail/mailer'
import { accountFailure, openAccount, UnreadablePassword } from '@/use-cases/mailboxes/open-account'
import { recordConnectionLimit } from '@/use-cases/mailboxes/record-connection-limit'
import { degradeMailbox } from '@/use-cases/mailboxes/record-health'
import { getSettings, type SettingsView } from '@/use-cases/settings/get-settings'

/** A mailbox at work, with everything that its batches share. */
export type Sender = {
  mailbox: Mailbox
  account: SmtpAccount
  window: SendingWindow
  settings: SettingsView
  connections: UsableConnections
  /** A copy of each email is put into Sent afterwards. */
  keepsCopies: boolean
  /** Of mailbox and settings as they were read: no email leaves once one of them was saved since. */
  version: string
}

/** Reads a mailbox with what its batches share; null when it is gone, not available now, or its password unreadable. */
export async function openSender(deps: Deps, mailboxId: string): Promise<Sender | null> {
  // The version first: what is saved during the reads below makes it an old one, and the job begins anew.
  const current = await selectSenderVersion(deps.sql, mailboxId)
  const mailbox = await deps.db.mailbox.findUnique({ where: { id: mailboxId } })
  if (!current || !mailbox || !isAvailable(mailbox, deps.clock.now())) return null
  const account = await accountOrStop(deps, mailbox)
  if (!account) return null
  const [window, connections] = [toWindow(mailbox), createUsableConnections(deps, mailbox)]
  const keepsCopies = await addsCopiesOf(deps, mailbox)
  return {
    mailbox,
    account,
    window,
    settings: await getSettings(deps),
    connections,
    keepsCopies,
    version: current.version,
  }
}

/** What stays on this machine was sent to nobody. */
async function addsCopiesOf({ db, config }: Deps, mailbox: Mailbox): Promise<boolean> {
  if (!goesOut(mailbox, config.sandbox)) return false
  const select = { appendsSent: true, filesSent: true }
  const reader = await db.mailboxReader.findUnique({ where: { mailboxId: mailbox.id }, select })
  return reader !== null && addsCopies(reader)
}

/** Connections of a mailbox that its job may use: as many as are set, or as many as its server was found to let it. */
export type UsableConnections = {
  count(): number
  isLimited(): boolean
  /** The server has refused a further one while so many work: no failure of the mailbox. */
  refusedBeyond(open: number): Promise<void>
  /** Takes in how the server has answered messages: where each connection waits long, half of them may be served sooner. */
  answered(isSlow: readonly boolean[]): Promise<void>
}

function createUsableConnections(deps: Deps, mailbox: Mailbox): UsableConnections {
  const { maxConnections, connectionLimit, connectionLimitAt, connectionLimitCause } = mailbox
  // Of the row no more than this: it is asked for many times an email.
  let stored: StoredLimit = { connectionLimit, connectionLimitAt, connectionLimitCause }
  let slowInARow = 0
  const count = () => limitInForce({ ...stored, maxConnections }, deps.clock.now())?.to ?? maxConnections
  const limitTo = async (to: number, cause: ConnectionLimitCause) => {
    stored = storedLimit({ to, at: deps.clock.now(), cause })
    await recordConnectionLimit(deps, mailbox, stored)
  }
  return {
    count,
    isLimited: () => count() < maxConnections,
    refusedBeyond: (open) => limitTo(open, 'refused'),
    answered: async (answers) => {
      for (const isSlow of answers) {
        slowInARow = isSlow ? slowInARow + 1 : 0
        const to = slowedTo(slowInARow, count())
        if (to === null) continue
        slowInARow = 0
        await limitTo(to, 'slow')
      }
    },
  }
}

/**
 * Opens the mailbox's account. A password that cannot be read any more (another ENCRYPTION_KEY) stops the mailbox, and so does a
 * sign-in that its provider has ended; where no token can be had for now, it cools down.
 */
async function accountOrStop(deps: Deps, mailbox: Mailbox): Promise<SmtpAccount | null> {
  try {
    return await openAccount(deps, mailbox)
  } catch (error) {
    const failure = accountFailure(error)
    if (!failure) throw error
    if (error instanceof UnreadablePassword)
      deps.log.error({ mailbox: mailbox.id, err: error }, 'mailbox credentials cannot be read')
    await degradeMailbox(deps, mailbox, failure)
    return null
  }
}
