import MailComposer from 'nodemailer/lib/mail-composer'
import type { ComposedMail } from '@/domain/message/headers'

/** The whole RFC 5322 message, ready for the wire. Reads neither files nor addresses, whatever the bodies say. */
export function compileMessage(mail: ComposedMail): Promise<Buffer> {
  return new MailComposer(mail).compile().build()
}
