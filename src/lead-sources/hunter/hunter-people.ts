import type { LeadDetail } from '@/domain/lead/fields'
import type { FoundLead } from '@/domain/lead-generation/found-lead'
import { NOBODY } from '../nobody'
import type { DomainSearch } from './hunter-calls'
import type { HunterCompany, HunterEmail } from './hunter-responses'

const SURE = 90

/** Needs no verification. */
export const isSure = ({ verification, confidence }: HunterEmail): boolean =>
  verification.status === 'valid' && (confidence ?? 0) >= SURE

/** The best people of a domain: no dead address, sure enough, persons before shared addresses, the surest first. */
export function choosePeople(emails: HunterEmail[], { minConfidence }: DomainSearch, most: number): HunterEmail[] {
  const generic = ({ type }: HunterEmail) => Number(type === 'generic')
  return emails
    .filter(({ verification, confidence }) => verification.status !== 'invalid' && (confidence ?? 0) >= minConfidence)
    .sort((a, b) => generic(a) - generic(b) || (b.confidence ?? 0) - (a.confidence ?? 0))
    .slice(0, most)
}

/**
 * A person as a lead. What Hunter says of the company comes before what another source said: only the rest of that is
 * under the other source's terms.
 */
export function leadOf(
  email: HunterEmail,
  company: HunterCompany | null,
  { domain, company: known }: DomainSearch,
  verdict: { status: string | null; score: number | null } | null,
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
    ...NOBODY,
    ...completed,
    sourceRef: `${known?.sourceRef ?? domain}#${email.value.toLowerCase()}`,
    email: email.value,
    emailConfidence: verdict?.score ?? email.confidence,
    emailInvalid: verdict?.status === 'invalid' || verdict?.status === 'disposable',
    fieldsToClear: known?.fieldsToClear.filter(fromElsewhere) ?? [],
  }
}
