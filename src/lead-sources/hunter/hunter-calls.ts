import type { FoundLead } from '@/domain/lead-generation/found-lead'
import type { Json, SourceCall } from '../types'

export type DomainSearch = {
  domain: string
  offset: number
  departments: string[]
  seniorities: string[]
  /** People to keep. */
  keep: number
  minConfidence: number
  /** The company as another source knows it: it starts the lead's reference and fills what Hunter leaves open. */
  company: FoundLead | null
}

/** The people of one domain: a search credit for up to ten. */
export function domainSearchCall(search: DomainSearch): SourceCall {
  const { domain, offset, departments, seniorities, company } = search
  const filters = [...departments, ...seniorities].sort().join(',')
  const ref = company?.sourceRef ?? `${domain}?${filters}`
  return {
    api: 'hunter',
    kind: 'domain_search',
    paid: true,
    params: search as { [key: string]: Json },
    refs: [offset > 0 ? `${ref}+${offset}` : ref],
  }
}

/** The address of a person of known name and domain; null when the lead has an address, or too little is known. */
export function findCall(lead: FoundLead, domain: string | null): SourceCall | null {
  if (lead.email || !domain || !lead.firstName || !lead.lastName) return null
  return { api: 'hunter', kind: 'find', paid: true, params: { domain, lead }, refs: [lead.sourceRef] }
}
