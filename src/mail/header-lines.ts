import { foldLines } from 'nodemailer/lib/mime-funcs'
import MimeNode from 'nodemailer/lib/mime-node'
import type { ComposedEmail, Person } from '@/domain/message/headers'

/** A line of a header is at most so long, where it can be broken (RFC 5322, 2.1.1). */
const LINE_LENGTH = 76

// Encodes what cannot stand in a header as it is. What can, which is nearly all of it, need not go through it.
const encoder = new MimeNode(undefined, { baseBoundary: 'none' })

// Nothing that would have to be encoded, could be taken for an encoded word, or ends a line.
const PLAIN_TEXT = /^[\t !#-~]*$/
const PLAIN_ID = /^<[!-;=?-~]+>$/
const PLAIN_NAME = /^[\w ]*$/
// Its domain is one that no rule of international names changes.
const PLAIN_ADDRESS = /^[\w!#$%&'*+\-/=?^`{|}~]+(?:\.[\w!#$%&'*+\-/=?^`{|}~]+)*@(?:(?!xn--)[a-z0-9-]+\.)+[a-z]{2,}$/

const isPlainText = (text: string) => PLAIN_TEXT.test(text) && !text.includes('=?')

/** The header fields that say from whom, to whom and about what an email is, each with its CRLF. */
export function headerLines(mail: ComposedEmail): string {
  let lines = ''
  for (const [name, value] of Object.entries(mail.headers)) lines += line(name, textValue(name, value))
  lines += line('From', addressValue('From', mail.from))
  lines += line('To', addressValue('To', mail.to))
  if (mail.cc) lines += line('Cc', addressValue('Cc', mail.cc))
  if (mail.replyTo) lines += line('Reply-To', addressValue('Reply-To', mail.replyTo))
  if (mail.inReplyTo) lines += line('In-Reply-To', idValue('In-Reply-To', mail.inReplyTo))
  if (mail.references) lines += line('References', idsValue(mail.references))
  lines += line('Subject', textValue('Subject', mail.subject))
  lines += line('Message-ID', idValue('Message-ID', mail.messageId))
  return lines + line('Date', mail.date.toUTCString().replace('GMT', '+0000'))
}

/** Nothing where there is no value. */
function line(name: string, value: string): string {
  if (!value.trim()) return ''
  const whole = `${name}: ${value}`
  return `${whole.length < LINE_LENGTH ? whole : foldLines(whole, LINE_LENGTH)}\r\n`
}

const textValue = (name: string, text: string): string =>
  isPlainText(text) ? text : encoder.encodeHeaderValue(name, text)

const idValue = (name: string, id: string): string => (PLAIN_ID.test(id) ? id : encoder.encodeHeaderValue(name, id))

const idsValue = (ids: readonly string[]): string =>
  ids.every((id) => PLAIN_ID.test(id)) ? ids.join(' ') : encoder.encodeHeaderValue('References', [...ids])

function addressValue(name: string, given: Person | readonly Person[]): string {
  const people = Array.isArray(given) ? (given as readonly Person[]) : [given as Person]
  if (!people.every(isPlainPerson)) return encoder.encodeHeaderValue(name, [...people])
  return people.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ')
}

const isPlainPerson = ({ name, address }: Person) => PLAIN_NAME.test(name) && PLAIN_ADDRESS.test(address)
