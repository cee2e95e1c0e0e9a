import { DomainError } from '@/domain/errors'

/** The error for an address that belongs to a lead already. */
export const alreadyLead = (email: string, leadId: string | undefined, untouched: string) =>
  new DomainError('duplicate', `"${email}" is a lead already. ${untouched} Open that lead to change it.`, {
    email,
    leadId,
  })
