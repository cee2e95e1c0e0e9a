import { escapeHtml } from './engine'
import { showsLink } from './visible-link'

export type Bodies = { text: string; html: string | null }

export type FooterFacts = {
  /** Where the sender can be reached by post; may have several lines. */
  postalAddress: string
  companyName: string
  unsubscribeUrl: string
  /** The mailbox's signature, plain text; stands between the body and the footer. */
  signature?: string | null
}

/**
 * Adds what every campaign email must carry: an unsubscribe link, unless the body shows it already, and the sender's
 * company and postal address. Rendered bodies in, bodies for the wire out.
 */
export function composeFooter(bodies: Bodies, footer: FooterFacts): Bodies {
  return {
    text: withTextFooter(bodies.text, footer),
    html: bodies.html === null ? null : withHtmlFooter(bodies.html, footer),
  }
}

function withTextFooter(text: string, { unsubscribeUrl, signature, ...sender }: FooterFacts) {
  const lines = [senderLine(sender)]
  if (!text.includes(unsubscribeUrl)) lines.push(`Unsubscribe: ${unsubscribeUrl}`)
  return `${[text.trimEnd(), signature?.trim(), lines.filter(Boolean).join('\n')].filter(Boolean).join('\n\n')}\n`
}

function withHtmlFooter(html: string, { unsubscribeUrl, signature, ...sender }: FooterFacts) {
  const url = escapeHtml(unsubscribeUrl)
  const parts = [escapeHtml(senderLine(sender))]
  if (!showsLink(html, unsubscribeUrl)) parts.push(`<a href="${url}">Unsubscribe</a>`)
  const signed = signature?.trim() ? `<p>${escapeHtml(signature.trim()).replace(/\r?\n/g, '<br>')}</p>\n` : ''
  const block = `${signed}<p style="font-size:12px;color:#6b7280">${parts.filter(Boolean).join('<br>')}</p>\n`
  // Inside the document where there is one; mail programs may drop what follows the end of the body.
  const end = [...html.matchAll(/<\/body/gi)].at(-1)?.index ?? -1
  return end < 0 ? `${html.trimEnd()}\n${block}` : `${html.slice(0, end)}${block}${html.slice(end)}`
}

/** Company and address on one line; an address that begins with the company stands alone. */
function senderLine({ companyName, postalAddress }: Pick<FooterFacts, 'companyName' | 'postalAddress'>) {
  const address = postalAddress
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(', ')
  const company = companyName.trim()
  return address.toLowerCase().startsWith(company.toLowerCase())
    ? address
    : [company, address].filter(Boolean).join(', ')
}
