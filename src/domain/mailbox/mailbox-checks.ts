import { z } from 'zod'

/** Parts of the test of a mailbox, in the order in which they are made and shown. */
export const TEST_PARTS = ['smtp', 'from', 'imap', 'folders', 'round_trip'] as const
export type TestPart = (typeof TEST_PARTS)[number]

/** Records of the domain of the From address, in the order in which they are shown. */
export const RECORD_NAMES = ['mx', 'spf', 'dkim', 'dmarc'] as const
export type RecordName = (typeof RECORD_NAMES)[number]

export type CheckName = TestPart | RecordName

/** `missing`: what is looked for is not there; `unknown`: nobody could say. */
export type CheckOutcome = 'ok' | 'wrong' | 'missing' | 'unknown'

const mailFolder = z.object({ path: z.string(), role: z.enum(['inbox', 'sent', 'junk', 'all']) })
/** A folder as the mail server has it. `all`: every message but junk, as Gmail keeps them. */
export type MailFolderFound = z.infer<typeof mailFolder>

/** What a check found, beside its words. */
export const checkDetails = z.object({
  /** The server's own words. */
  said: z.string().optional(),
  folders: z.array(mailFolder).optional(),
  /** Signatures of the message that came back. */
  signedBy: z.array(z.object({ domain: z.string(), selector: z.string() })).optional(),
  /** Records that stand there. */
  found: z.array(z.string()).optional(),
  /** The record that should stand there. */
  copy: z.object({ host: z.string(), type: z.string(), value: z.string() }).optional(),
})
export type CheckDetails = z.infer<typeof checkDetails>

/** `message` says what was found and, where it is not right, what to do. */
export type Check = { name: CheckName; outcome: CheckOutcome; message: string; details: CheckDetails | null }

/** The check of a part that could not begin. */
export const notTried = (name: CheckName, message: string): Check => ({
  name,
  outcome: 'unknown',
  message,
  details: null,
})

const NO_READING =
  'Nothing reads this mailbox, so answers are not noticed. Switch on “Read answers”, save, and test again.'

/** Parts of a mailbox without a way in. */
export const withoutReading = (name: 'imap' | 'folders' | 'round_trip'): Check => ({
  name,
  outcome: 'missing',
  message: NO_READING,
  details: null,
})

/** Which folders are there: the Inbox must be, and without Sent nobody sees what was answered by hand. */
export function foldersCheck(folders: MailFolderFound[]): Check {
  const has = (role: MailFolderFound['role']) => folders.some((folder) => folder.role === role)
  const details = { folders }
  const named = folders.map(({ path }) => path).join(', ')
  if (!has('inbox') && !has('all'))
    return {
      name: 'folders',
      outcome: 'wrong',
      message: 'No Inbox was found, so nothing can be read. Check the user name for reading.',
      details,
    }
  const lacking = [
    ...(has('sent') || has('all') ? [] : ['Sent: what you answer by hand is not noticed']),
    ...(has('junk') ? [] : ['Junk: answers that land there are not noticed']),
  ]
  if (lacking.length === 0) return { name: 'folders', outcome: 'ok', message: `Found: ${named}.`, details }
  const message = `Found: ${named}. There is no folder for ${lacking.join('; nor for ')}. Create it at the provider, or go on without.`
  return { name: 'folders', outcome: 'missing', message, details }
}

/** What a save changes of what checks depend on. Logins count as changed when a password is typed, which may be the same. */
export type ChangedParts = { sender: boolean; server: boolean; reader: boolean }

const SAYS_NOTHING: Readonly<Record<keyof ChangedParts, readonly CheckName[]>> = {
  sender: ['from', 'round_trip', 'mx', 'spf', 'dkim', 'dmarc'],
  server: ['smtp', 'from', 'round_trip', 'spf', 'dkim'],
  reader: ['imap', 'folders', 'round_trip'],
}

/** Checks that say nothing any more once a mailbox is saved, each once. */
export function outdatedChecks(changed: ChangedParts): CheckName[] {
  const parts = (['sender', 'server', 'reader'] as const).filter((part) => changed[part])
  return [...new Set(parts.flatMap((part) => SAYS_NOTHING[part]))]
}
