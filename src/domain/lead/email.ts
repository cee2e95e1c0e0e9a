/** Either a usable address, in the one spelling that is stored and compared, or why it is none. */
export type EmailResult = { ok: true; email: string } | { ok: false; problem: string }

// RFC 5321 4.5.3.1 and RFC 3696 erratum 1690.
const MAX_ADDRESS = 254
const MAX_LOCAL_PART = 64

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
// Blanks that spreadsheets and web pages leave around an address, zero-width ones included.
const OUTER_BLANK = /^[\s\u00ad\u200b-\u200f\u2060\ufeff]+|[\s\u00ad\u200b-\u200f\u2060\ufeff]+$/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/**
 * Trims, lower-cases and checks an address: the part of RFC 5321 that mail servers really take (no quoted local part,
 * no comment, no address literal), a domain of at least two labels, ASCII before the @; letters of other scripts in the
 * domain become punycode. No server is contacted.
 */
export function normaliseEmail(raw: string): EmailResult {
  const text = raw.replace(OUTER_BLANK, '')
  if (!text) return { ok: false, problem: 'No email address' }
  if (CONTROL.test(text)) return refuse(text, 'it contains a line break or another control character')
  if (text.length > 4 * MAX_ADDRESS) return refuse(text, 'it is too long')
  const bare = text
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase()
  const at = bare.lastIndexOf('@')
  if (at === -1) return refuse(text, 'the @ is missing')
  if (/[,;\s]/.test(bare)) {
    return refuse(
      text,
      (bare.match(/@/g)?.length ?? 0) > 1 ? 'it is more than one address' : 'it contains a blank or a comma',
    )
  }
  const local = bare.slice(0, at)
  if (local.includes('@')) return refuse(text, 'it contains more than one @')
  if (!local) return refuse(text, 'nothing stands before the @')
  if (!LOCAL_PART.test(local))
    return refuse(text, 'the part before the @ contains a character or a dot where none may be')
  if (local.length > MAX_LOCAL_PART) return refuse(text, 'the part before the @ is longer than 64 characters')
  const domain = normaliseDomain(bare.slice(at + 1))
  if (!domain) return refuse(text, 'the part after the @ is not a domain')
  const email = `${local}@${domain}`
  if (email.length > MAX_ADDRESS) return refuse(text, 'it is longer than 254 characters')
  return { ok: true, email }
}

/** A domain in its stored spelling (lower case, punycode), or null: at least two labels, the last not a number. */
export function normaliseDomain(raw: string): string | null {
  const domain = toAscii(raw.replace(OUTER_BLANK, '').toLowerCase())
  if (!domain || domain.length > 253) return null
  const labels = domain.split('.')
  const last = labels.at(-1) ?? ''
  if (labels.length < 2 || last.length < 2 || /^\d+$/.test(last)) return null
  return labels.every((label) => LABEL.test(label)) ? domain : null
}

/** The domain of an address that `normaliseEmail` made. */
export const domainOf = (email: string) => email.slice(email.lastIndexOf('@') + 1)

function toAscii(domain: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked
  if (/^[\u0000-\u007f]*$/.test(domain)) return domain
  // Only letters, marks, digits, hyphens and dots: the URL parser would read anything else as a path or a port.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return null
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : null
}

// The value stands in a list for people: one line, and not longer than a line.
function refuse(text: string, why: string): EmailResult {
  const line = text.replace(new RegExp(CONTROL, 'g'), ' ')
  const shown = [...line].length > 60 ? `${[...line].slice(0, 59).join('')}…` : line
  return { ok: false, problem: `"${shown}" is not an email address: ${why}` }
}
