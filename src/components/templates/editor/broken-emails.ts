export type BrokenEmails = { emails: number; reasons: string[] }

const isText = (value: unknown): value is string => typeof value === 'string'

/** The planned emails that a refused save would keep from being made; null where it was refused for something else. */
export function brokenEmailsOf(details: Record<string, unknown> | null): BrokenEmails | null {
  const { emails, reasons } = details ?? {}
  return typeof emails === 'number' && Array.isArray(reasons) ? { emails, reasons: reasons.filter(isText) } : null
}
