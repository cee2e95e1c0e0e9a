import { numberOf } from '@/components/ui/numbers'
import type { MailboxInput } from '@/domain/mailbox/mailbox-input'
import { presetOfAddress, presetOfServer } from '@/domain/mailbox/presets/find-preset'
import type { MailboxPreset, MailServer } from '@/domain/mailbox/presets/preset'
import type { Mailbox } from '../api-types'

/** How answers are read, as typed. */
export type AnswersValues = {
  readsAnswers: boolean
  imapHost: string
  imapPort: string
  imapSecurity: 'starttls' | 'tls' | 'none'
  /** The user name and password of the way out. */
  sameLogin: boolean
  imapUser: string
  imapPassword: string
  /** A password of its own is stored; it is never shown. */
  hasImapPassword: boolean
  appendsSent: boolean
}

/** The port that goes with an encryption of IMAP, unless a server says otherwise. */
export const USUAL_IMAP_PORT: Readonly<Record<AnswersValues['imapSecurity'], string>> = {
  tls: '993',
  starttls: '143',
  none: '143',
}

export const NO_ANSWERS: AnswersValues = {
  readsAnswers: false,
  imapHost: '',
  imapPort: USUAL_IMAP_PORT.tls,
  imapSecurity: 'tls',
  sameLogin: true,
  imapUser: '',
  imapPassword: '',
  hasImapPassword: false,
  appendsSent: true,
}

export function answersValues(reader: Mailbox['reader']): AnswersValues {
  if (!reader) return NO_ANSWERS
  const { imapSecurity: security } = reader
  return {
    readsAnswers: true,
    imapHost: reader.imapHost,
    imapPort: String(reader.imapPort),
    imapSecurity: security === 'starttls' || security === 'none' ? security : 'tls',
    sameLogin: reader.imapUser === null && !reader.hasPassword,
    imapUser: reader.imapUser ?? '',
    imapPassword: '',
    hasImapPassword: reader.hasPassword,
    appendsSent: reader.appendsSent,
  }
}

/** The way in to check and to save: none where answers are not read, else with its own login or SMTP's. */
export function readerOf(
  values: AnswersValues,
): { [Field in keyof NonNullable<MailboxInput['reader']>]: unknown } | null {
  if (!values.readsAnswers) return null
  return {
    imapHost: values.imapHost,
    imapPort: numberOf(values.imapPort),
    imapSecurity: values.imapSecurity,
    ...(values.sameLogin ? { imapUser: null, imapPassword: null } : ownLogin(values)),
    appendsSent: values.appendsSent,
  }
}

// An empty password keeps the stored one.
const ownLogin = ({ imapUser, imapPassword }: AnswersValues) => ({
  imapUser: imapUser.trim() || null,
  ...(imapPassword === '' ? {} : { imapPassword }),
})

/** What is missing of a login of its own, by field. */
export function missingLogin(values: AnswersValues): { imapUser?: string; imapPassword?: string } {
  if (!values.readsAnswers || values.sameLogin) return {}
  return {
    ...(values.imapUser.trim() ? {} : { imapUser: 'Enter the user name for reading, or use the one for sending.' }),
    ...(values.imapPassword || values.hasImapPassword
      ? {}
      : { imapPassword: 'Enter the password for reading, or use the one for sending.' }),
  }
}

type Servers = Pick<AnswersValues, 'imapHost' | 'imapPort' | 'imapSecurity'> & {
  kind: 'environment' | 'smtp'
  fromEmail: string
  smtpHost: string
  smtpPort: string
  smtpSecurity: AnswersValues['imapSecurity']
}

/** Servers to fill in, as far as they are known, and who signs in. */
type Proposed = { smtp: MailServer | null; imap: MailServer | null; user?: string | null }

/** The provider of the mailbox: that of its address, or else of its server for sending. */
export const providerOf = ({ fromEmail, smtpHost }: Pick<Servers, 'fromEmail' | 'smtpHost'>): MailboxPreset | null =>
  presetOfAddress(fromEmail.trim()) ?? presetOfServer(smtpHost)

/** Servers for the fields that are still empty; what was typed stays. Null where there is nothing to fill in. */
export function proposedServers(
  values: Servers & { smtpUser?: string },
  found: Proposed | null = providerOf(values),
): Partial<Servers & { smtpUser: string }> | null {
  if (!found) return null
  const { smtp, imap, user } = found
  const proposed = {
    ...(values.kind === 'environment' || values.smtpHost.trim() || !smtp ? {} : smtpFields(smtp)),
    ...(values.imapHost.trim() || !imap ? {} : imapFields(imap)),
    ...(values.kind === 'environment' || values.smtpUser?.trim() || !user ? {} : { smtpUser: user }),
  }
  return Object.keys(proposed).length > 0 ? proposed : null
}

const smtpFields = ({ host, port, security }: MailServer) => ({
  smtpHost: host,
  smtpPort: String(port),
  smtpSecurity: security,
})
const imapFields = ({ host, port, security }: MailServer) => ({
  imapHost: host,
  imapPort: String(port),
  imapSecurity: security,
})

export const ANSWERS_SAID: Partial<Record<keyof AnswersValues, () => string>> = {
  imapHost: () => 'Enter the name of the IMAP server, such as imap.company.com.',
  imapPort: () => 'A whole number from 1 to 65535; usual are 993 and 143.',
  imapUser: () => 'One line of at most 254 characters.',
  imapPassword: () => 'At most 500 characters.',
}
