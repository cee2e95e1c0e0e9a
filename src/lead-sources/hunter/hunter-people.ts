import type { LeadDetail } from '@/domain/lead/fields'
import { EMPTY_FOUND_LEAD, type FoundLead } from '@/domain/lead-generation/found-lead'
import type { DomainSearch } from './hunter-calls'
import type { HunterCompany, HunterEmail } from './hunter-responses'

const VERIFIED_CONFIDENCE = 90

/** True for an address that Hunter verified before, with a confidence of at least 90. */
export const needsNoVerification = ({ verification, confidence }: HunterEmail): boolean =>
  verification.status === 'valid' && (confidence ?? 0) >= VERIFIED_CONFIDENCE

/** The best people of a domain: no invalid address, confident enough, persons before shared addresses, the most confident first. */
export function selectPeople(emails: HunterEmail[], { minConfidence }: DomainSearch, most: number): HunterEmail[] {
  const generic = ({ type }: HunterEmail) => Number(type === 'generic')
  return emails
    .filter(({ verification, confidence }) => verification.status !== 'invalid' && (confidence ?? 0) >= minConfidence)
    .sort((a, b) => generic(a) - generic(b) || (b.confidence ?? 0) - (a.confidence ?? 0))
    .slice(0, most)
}

/**
 * A person as a found lead. Hunter's own details of the company come before those of another source: only the rest is under
 * the other source's terms.
 */
export function toFoundLead(
  email: HunterEmail,
  company: HunterCompany | null,
  { domain, company: known }: DomainSearch,
  verification: { status: string | null; score: number | null } | null,
): FoundLead {
  const own = {
    companyName: company?.organization ?? null,
    contactName: [email.first_name, email.last_name].filter(Boolean).join(' ') || null,
    firstName: email.first_name,
    lastName: email.last_name,
    jobTitle: email.position,
    phone: email.phone_number,
    website: `https://${domain}`,
    industry: company?.industry ?? null,
    city: company?.city ?? null,
    country: company?.country ?? null,
    linkedinUrl: email.linkedin,
  } satisfies Record<LeadDetail, string | null>
  const fromElsewhere = (field: LeadDetail) => own[field] === null && known !== null && known[field] !== null
  const completed = Object.fromEntries(
    (Object.keys(own) as LeadDetail[]).map((field) => [field, own[field] ?? known?.[field] ?? null]),
  ) as typeof own
  return {
    ...EMPTY_FOUND_LEAD,
    ...completed,
    sourceRef: `${known?.sourceRef ?? domain}#${email.value.toLowerCase()}`,
    email: email.value,
    emailConfidence: verification?.score ?? email.confidence,
    emailInvalid: verification?.status === 'invalid' || verification?.status === 'disposable',
    fieldsToClear: known?.fieldsToClear.filter(fromElsewhere) ?? [],
  }
}
