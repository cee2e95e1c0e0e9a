import type { ReceivedMail } from '../servers/smtp-sink'
import { OUR_ID, OUR_LEAD, SAMPLE_MESSAGES } from './received'

/** A sample message as an answer to this email: its ids, addresses and domain are the email's. */
export function answerLike(name: string, email: ReceivedMail, { id = email.messageId, from = email.to } = {}): string {
  const found = SAMPLE_MESSAGES.find((one) => one.name === name)
  if (!found) throw new Error(`There is no sample ${name}`)
  const domain = email.to.slice(email.to.indexOf('@') + 1)
  const written = found.raw
    .toString('latin1')
    .replaceAll(OUR_ID, id)
    .replaceAll(OUR_ID.slice(1, -1), id.slice(1, -1))
    .replaceAll(OUR_LEAD, from)
    .replaceAll('sam@nexa.example', email.from)
    .replaceAll('nordwind.example', domain)
  return withIdOf(domain, written)
}

/** The message under an id that no other company's has. */
function withIdOf(domain: string, raw: string): string {
  const end = /\r?\n\r?\n/.exec(raw)?.index ?? raw.length
  const [head, rest] = [raw.slice(0, end), raw.slice(end)]
  const named = head.replace(/^(Message-ID:\s*<)/im, `$1${domain}.`)
  return (named === head ? `Message-ID: <${domain}@relay.example>\r\n${head}` : named) + rest
}
