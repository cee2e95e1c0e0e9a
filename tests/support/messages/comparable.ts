import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime, { type Email } from 'postal-mime'
import type { ComposedEmail } from '@/domain/message/headers'

/** The message as nodemailer's own composer makes it, with all its streams. */
export const composedByNodemailer = (mail: ComposedEmail): Promise<Buffer> => new MailComposer(mail).compile().build()

/** A message, each byte a character, with names for its boundaries, which are random. */
export const withNamedParts = (raw: Buffer | string): string =>
  (typeof raw === 'string' ? raw : raw.toString('latin1')).replaceAll(/--_NmP-[0-9a-f-]+-Part_(\d+)/g, 'PART-$1')

/** Without soft line breaks as well, of which each composer has its own. */
export const comparable = (raw: Buffer | string): string => withNamedParts(raw).replaceAll('=\r\n', '')

/** What a mail program reads: addresses, subject, date, all headers, text and HTML. */
export const readByPostalMime = (raw: Buffer | string): Promise<Email> =>
  PostalMime.parse(Buffer.from(withNamedParts(raw), 'latin1'))
