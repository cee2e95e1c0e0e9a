import { LEAD_DETAILS, type LeadDetail } from '@/domain/lead/fields'
import { Prisma } from '../generated/client'

export type LeadChange = Partial<Record<LeadDetail, string | null>> & {
  email?: string
  customFields?: Record<string, string>
}

/** Writes the fields that are given; the others stay. No row: the lead is gone. */
export const updateLeadRow = (id: string, change: LeadChange, at: Date) => {
  const assignments = [Prisma.sql`updated_at = ${at}`]
  if (change.email !== undefined) assignments.push(Prisma.sql`email = ${change.email}`)
  if (change.customFields) assignments.push(Prisma.sql`custom_fields = ${JSON.stringify(change.customFields)}::jsonb`)
  for (const field of LEAD_DETAILS) {
    const value = change[field]
    if (value === undefined) continue
    // Names of the model, never of a request.
    const column = Prisma.raw(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    assignments.push(Prisma.sql`${column} = ${value}`)
  }
  return Prisma.sql`UPDATE leads SET ${Prisma.join(assignments)} WHERE id = ${id}::uuid RETURNING id`
}
