/**
 * Either a usable address, in the one spelling that is stored and compared, or why it is none. `name` stands before an
 * address in angle brackets: `Ada Winter <ada@nordwind.example>`.
 */
export type EmailResult = { ok: true; email: string; name?: string } | { ok: false; problem: string }

// RFC 5321 4.5.3.1 and RFC 3696 erratum 1690.
const MAX_ADDRESS = 254
// With a name and what else stands around it. Nothing longer is looked at.
const LONGEST_WRITTEN = 4 * MAX_ADDRESS
// Of a cell with several of them.
const LONGEST_LIST = 5_000
const MAX_LOCAL_PART = 64

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
// Marks without a width that web pages and mail programs leave in and around an address: they are never part of one.
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each of these is looked for by itself
const UNSEEN = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/**
 * Unwraps, lower-cases and checks an address: the part of RFC 5321 that mail servers really take (no quoted local part,
 * no comment, no address literal), a domain of at least two labels, ASCII before the @; letters of other scripts in the
 * domain become punycode. A name and angle brackets around it, `mailto:`, marks that cannot be seen, full-width signs and
 * the dot of a sentence are taken off. No server is contacted.
 */
export function normaliseEmail(raw: string): EmailResult {
  const trimmed = raw.trim()
  if (trimmed.length > LONGEST_LIST) return refuse(trimmed, 'it is too long')
  const text = trimmed.replace(UNSEEN, '').trim()
  if (!text) return { ok: false, problem: 'No email address' }
  if (CONTROL.test(text)) return refuse(text, 'it contains a line break or another control character')
  if (text.length > LONGEST_WRITTEN) return refuse(text, 'it is too long')
  if (holdsSeveralInBrackets(text)) return refuse(text, 'it is more than one address')
  const { inner, name } = unwrap(text)
  const bare = inner.toLowerCase()
  const at = bare.lastIndexOf('@')
  if (at === -1) return refuse(text, insteadOfAt(bare))
  const odd = oddBlank(bare)
  if (odd) return refuse(text, odd)
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
  return name ? { ok: true, email, name } : { ok: true, email }
}

const IN_BRACKETS = /<([^<>]*)>[.,;]?$/
const FULL_WIDTH = /[\uff01-\uff5e\u3002]/

/** Takes off what mail programs and web pages write around an address. */
function unwrap(text: string): { inner: string; name: string | null } {
  const bracketed = IN_BRACKETS.exec(text)
  const within = bracketed?.[1]?.trim()
  const name = text
    .slice(0, bracketed?.index ?? 0)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
  let inner = within ?? text
  if (FULL_WIDTH.test(inner)) inner = inner.normalize('NFKC').replaceAll('\u3002', '.')
  const link = /^mailto:\s*([^?]*)/i.exec(inner)
  inner = (link?.[1] ?? inner).trim().replace(/(?<=[\p{L}\p{N}])[.,;:]+$/u, '')
  return { inner, name: name === '' || name.includes('@') ? null : name }
}

const SHOWN_AT = /[[({<]\s*(?:at|ät|a)\s*[\])}>]|\s(?:at|ät)\s/

/** Against robots people write "ada [at] nordwind [dot] example": whose address that is, nobody should guess. */
function insteadOfAt(bare: string): string {
  const written = SHOWN_AT.exec(bare)?.[0].trim()
  return written ? `"${written}" stands where the @ belongs` : 'the @ is missing'
}

const BLANKS: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u2007': 'a figure space',
  '\u202f': 'a narrow no-break space',
  '\u3000': 'an ideographic space',
}

/** A blank that looks like any other, or like none, and where it stands. */
function oddBlank(bare: string): string | null {
  const at = bare.search(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800]/u)
  if (at === -1) return null
  const blank = BLANKS[bare[at] ?? ''] ?? 'a blank'
  const code = (bare.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `${blank} (U+${code}) stands after "${bare.slice(Math.max(0, at - 20), at)}"`
}

// Of the length of the text: each character is read once.
const holdsSeveralInBrackets = (text: string) => (text.match(/<[^<>@]+@[^<>]+>/g)?.length ?? 0) > 1

type Address = Extract<EmailResult, { ok: true }>

/**
 * The addresses of a cell that holds several, parted by commas, semicolons, bars, slashes, blanks or " ::: ", each with the
 * name that stands before it in brackets; else none.
 */
export function severalAddresses(raw: string): Address[] {
  if (raw.length > LONGEST_LIST || raw.indexOf('@') === raw.lastIndexOf('@')) return []
  const parts = holdsSeveralInBrackets(raw) ? raw.split(/(?<=>)[,;|/\s]*/) : raw.split(/\s*:::\s*|[,;|/\s]+/)
  const results = parts.filter(Boolean).map(normaliseEmail)
  return results.every((result) => result.ok) ? results : []
}

/** A domain in its stored spelling (lower case, punycode), or null: at least two labels, the last not a number. */
export function normaliseDomain(raw: string): string | null {
  // No domain is as long as it is written, marks that cannot be seen included.
  if (raw.length > LONGEST_LIST) return null
  const domain = toAscii(raw.replace(UNSEEN, '').trim().toLowerCase())
  if (!domain || domain.length > 253) return null
  const labels = domain.split('.')
  const last = labels.at(-1) ?? ''
  if (labels.length < 2 || last.length < 2 || /^\d+$/.test(last)) return null
  return labels.every((label) => LABEL.test(label)) ? domain : null
}

/** The address with its domain as it goes over the wire, where it has one; the part before the @ stays as it is typed. */
export function withWireDomain(address: string): string {
  const at = address.lastIndexOf('@') + 1
  const domain = at > 0 ? normaliseDomain(address.slice(at)) : null
  return domain ? address.slice(0, at) + domain : address
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

const SHOWN_OF = 200

// The value stands in a list for people: one line, and not longer than a line.
function refuse(text: string, why: string): EmailResult {
  const line = text.slice(0, SHOWN_OF).replace(new RegExp(CONTROL, 'g'), ' ')
  const shown = [...line].length > 60 ? `${[...line].slice(0, 59).join('')}…` : line
  return { ok: false, problem: `"${shown}" is not an email address: ${why}` }
}
