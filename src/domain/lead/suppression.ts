import { cutText } from '../cut-text'
import { normaliseDomain, normaliseEmail } from './email'

/** Why an address or a domain is never mailed. */
export const SUPPRESSION_REASONS = ['unsubscribed', 'bounced', 'complained', 'invalid_address', 'manual'] as const

export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

export const SUPPRESSION_LABELS: Record<SuppressionReason, string> = {
  unsubscribed: 'Unsubscribed',
  bounced: 'Bounced',
  complained: 'Complained',
  invalid_address: 'Address does not exist',
  manual: 'Added by hand',
}

/** Entry of the list, in the spelling that is compared. */
export type Suppressed = { kind: 'address' | 'domain'; value: string }

/**
 * Reads "ada@nordwind.example", "nordwind.example", and the domain as other programs write it: "@nordwind.example",
 * "*@nordwind.example", "%@nordwind.example". Otherwise returns the fault, with what to write instead where that is known.
 */
export function readSuppressed(raw: string): ({ ok: true } & Suppressed) | { ok: false; problem: string } {
  const text = raw.trim()
  const shown = text.length > 60 ? `${cutText(text, 59)}…` : text
  const below = BELOW_A_DOMAIN.exec(text)?.[1]
  const parent = below && normaliseDomain(below)
  if (parent) {
    return {
      ok: false,
      problem: `"${shown}" means every domain below ${parent}, which the list cannot hold: write ${parent} for itself, and each below it by its name, such as mail.${parent}`,
    }
  }
  const bare = text.replace(EVERYBODY, '@')
  if (/[*%]/.test(bare)) {
    return {
      ok: false,
      problem: `"${shown}" has a placeholder that the list cannot hold: write whole addresses, or a domain for everybody at it`,
    }
  }
  if (bare.includes('@') && !bare.startsWith('@')) {
    const email = normaliseEmail(bare)
    return email.ok ? { ok: true, kind: 'address', value: email.email } : email
  }
  const domain = normaliseDomain(bare.replace(/^@/, ''))
  if (domain) return { ok: true, kind: 'domain', value: domain }
  return { ok: false, problem: text ? `"${shown}" is neither an email address nor a domain` : 'The line is empty' }
}

// "*@x", "%@x": everybody at x. "*.x", "*@*.x", "@*.x", ".x": whatever is below x.
const EVERYBODY = /^[*%]+@(?=[^*%@]+$)/
const BELOW_A_DOMAIN = /^(?:[*%]?@)?[*%]?\.([^*%@]+)$/

/** The entry in words: "unsubscribed", or "its domain nordwind.example is on the list: added by hand". */
export function suppressionInWords({ kind, value, reason }: Suppressed & { reason: string }): string {
  const why = (SUPPRESSION_LABELS[reason as SuppressionReason] ?? reason).replace(/^./, (letter) =>
    letter.toLowerCase(),
  )
  return kind === 'address' ? why : `its domain ${value} is on the list: ${why}`
}

/** Longest reason for taking an entry off the list, in characters. */
export const REMOVAL_REASON_MAX = 500

/** Reads the reason for taking an entry off the list; otherwise returns the fault. */
export function readRemovalReason(raw: string): { ok: true; reason: string } | { ok: false; problem: string } {
  const reason = raw.trim()
  if (!reason)
    return { ok: false, problem: 'Say why it comes off the list, as in "She asked for it by phone on 2 March".' }
  if (reason.length > REMOVAL_REASON_MAX) return { ok: false, problem: `At most ${REMOVAL_REASON_MAX} characters.` }
  return { ok: true, reason }
}
