import { randomUUID } from 'node:crypto'
import { encode as encodeBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64'
import MimeNode from 'nodemailer/lib/mime-node'
import { encode as encodeQuoted, wrap as wrapQuoted } from 'nodemailer/lib/qp'
import type { ComposedEmail } from '@/domain/message/headers'

const LINE_LENGTH = 76

/**
 * The whole RFC 5322 message, ready for the wire. Reads neither files nor addresses, whatever the bodies contain.
 *
 * Headers, parts and encodings are nodemailer's; only the pieces are joined here instead of by its streams, which cost
 * more than all the rest of a small message. A property test holds the result equal to that of its own MailComposer,
 * but for where a long line is broken.
 */
export const compileMessage = (mail: ComposedEmail): Buffer => {
  const message = textOf(treeOf(mail))
  if (message.endsWith('\n')) return Buffer.from(message)
  return Buffer.from(message.endsWith('\r') ? `${message}\n` : `${message}\r\n`)
}

function treeOf({ text, html, headers, from, to, replyTo, subject, messageId, ...mail }: ComposedEmail): MimeNode {
  // One for all parts: each would read random bytes of its own.
  const options = { baseBoundary: randomUUID(), disableFileAccess: true, disableUrlAccess: true }
  const root = new MimeNode(html ? 'multipart/alternative' : 'text/plain; charset=utf-8', options)
  if (html) {
    root.createChild('text/plain; charset=utf-8', options).setContent(text)
    root.createChild('text/html; charset=utf-8', options).setContent(html)
  } else root.setContent(text)
  root.addHeader(headers)
  root.setHeader('from', from)
  root.setHeader('to', to)
  if (mail.cc) root.setHeader('cc', mail.cc)
  if (replyTo) root.setHeader('reply-to', replyTo)
  if (mail.inReplyTo) root.setHeader('in-reply-to', mail.inReplyTo)
  if (mail.references) root.setHeader('references', mail.references)
  root.setHeader('subject', subject)
  root.setHeader('message-id', messageId)
  root.setHeader('date', mail.date)
  return root
}

function textOf(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`
  if (!node.multipart) return head + bodyOf(node)
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${textOf(child)}`)
  return `${head}${parts.join('\r\n')}\r\n--${node.boundary}--\r\n`
}

function bodyOf(node: MimeNode): string {
  const content = node.content ?? ''
  if (typeof content !== 'string') throw new Error('No email of ours has attachments')
  switch (node.getTransferEncoding()) {
    case 'quoted-printable':
      return wrapQuoted(encodeQuoted(Buffer.from(content)), LINE_LENGTH)
    case 'base64':
      return wrapBase64(encodeBase64(Buffer.from(content)), LINE_LENGTH)
    default:
      return content
  }
}
