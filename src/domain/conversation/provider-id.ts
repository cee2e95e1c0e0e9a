/** A server's answer to the message, the host it came from, and the Message-ID that the message carried. */
export type AcceptedAnswer = { response: string; host: string; messageId: string }

const REGION =
  /(?:^|\.)email-smtp(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:[a-z0-9-]+\.)*(?:amazonaws\.com|vpce\.amazonaws\.com|api\.aws)$/
const SES_ID = /^250 Ok ([0-9a-f]{16}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-\d{6})$/i
const ID = '<([^<>@\\s]+@[^<>@\\s]+)>'
// Microsoft's submission names the id that the message has now, and its host.
const MICROSOFT = new RegExp(`^250 2\\.0\\.0 OK ${ID} \\[Hostname=[^\\]]+\\]`, 'i')
const MICROSOFT_HOST = /\.(?:prod|protection)\.outlook\.(?:com|cn)$|\.office365\.us$|\.outlook\.com$/i
// Exchange as a relay, of one's own or of Microsoft's, names the id it queued the message under: the header's.
const EXCHANGE = new RegExp(`^250 2\\.6\\.0 ${ID}(?: \\[InternalId=[^\\]]+\\])?.* Queued mail for delivery`, 'i')
// Brevo repeats the header's id; where it set one of its own, that is it.
const BREVO = new RegExp(`^250 2\\.0\\.0 OK: queued as ${ID}`, 'i')
const BREVO_HOST = /@smtp-relay\.(?:sendinblue|mailin|brevo)\.(?:com|fr)$/i

/**
 * The Message-ID that a provider put into the message in place of ours, with angle brackets; null where it kept ours, or
 * where the answer does not surely say. Queue ids are none: `250 Ok: queued as 4C80A28597`.
 */
export function providerMessageId({ response, host, messageId }: AcceptedAnswer): string | null {
  const answer = response.replace(/\s+/g, ' ').trim()
  const id = sesId(answer, host) ?? namedId(answer)
  return id && id !== messageId ? id : null
}

/** SES names the part before the @; what follows is the region's, but for the oldest region. */
function sesId(answer: string, host: string): string | null {
  const id = SES_ID.exec(answer)?.[1]
  const region = REGION.exec(host.toLowerCase().replace(/\.$/, ''))?.[1]
  if (!id || !region) return null
  return `<${id.toLowerCase()}@${region === 'us-east-1' ? 'email' : region}.amazonses.com>`
}

function namedId(answer: string): string | null {
  const microsoft = MICROSOFT.exec(answer)?.[1]
  if (microsoft && MICROSOFT_HOST.test(microsoft)) return `<${microsoft}>`
  const exchange = EXCHANGE.exec(answer)?.[1]
  if (exchange) return `<${exchange}>`
  const brevo = BREVO.exec(answer)?.[1]
  return brevo && BREVO_HOST.test(brevo) ? `<${brevo}>` : null
}
