import { randomUUID } from 'node:crypto'
import type { ComposedEmail } from '@/domain/message/headers'
import { headerLines } from './header-lines'
import { type EncodedBody, encodeBody } from './transfer-encoding'

/**
 * The whole RFC 5322 message, ready for the wire: a text, or a text and its HTML as an alternative. Reads neither files nor
 * addresses, whatever the bodies contain, and no value of a header can begin another.
 *
 * Made here for the two forms that are sent, since nodemailer's tree of parts costs several times all the rest of a small
 * message; what has to be encoded in headers is left to its functions. A property test holds the result equal to that of
 * its MailComposer, but for where a long line is broken.
 */
export function compileMessage(mail: ComposedEmail): Buffer {
  const lines = headerLines(mail)
  const text = encodeBody(mail.text)
  if (!mail.html) return Buffer.from(ended(`${lines}${encodingOf(text)}${VERSION}${PLAIN}\r\n${text.content}`))
  const html = encodeBody(mail.html)
  const boundary = `--_NmP-${randomUUID()}-Part_1`
  const head = `${lines}${VERSION}Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n`
  const parts = [`${PLAIN}${encodingOf(text)}\r\n${text.content}`, `${HTML}${encodingOf(html)}\r\n${html.content}`]
  return Buffer.from(`${head}${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`)
}

const VERSION = 'MIME-Version: 1.0\r\n'
const PLAIN = 'Content-Type: text/plain; charset=utf-8\r\n'
const HTML = 'Content-Type: text/html; charset=utf-8\r\n'
const encodingOf = ({ encoding }: EncodedBody) => `Content-Transfer-Encoding: ${encoding}\r\n`

/** With a line break at its end. */
const ended = (message: string) =>
  message.endsWith('\n') ? message : `${message}${message.endsWith('\r') ? '\n' : '\r\n'}`
