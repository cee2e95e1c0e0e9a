import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { executeIf, type Tx } from '@/db/sql'
import { LEAD_DETAILS, type LeadDetail } from '@/domain/lead/fields'

export type LeadChange = Partial<Record<LeadDetail, string | null>> & {
  email?: string
  /** Goes along with the address. */
  emailHash?: string
  customFields?: Record<string, string>
}

/** Writes the fields that are given; the others stay. Returns false when the lead is gone. */
export const updateLeadRow = (tx: Tx, id: string, change: LeadChange, at: Date) => {
  const assignments = [Prisma.sql`updated_at = ${at}`]
  if (change.email !== undefined)
    assignments.push(Prisma.sql`email = ${change.email}, email_hash = ${change.emailHash ?? null}`)
  if (change.customFields) assignments.push(Prisma.sql`custom_fields = ${JSON.stringify(change.customFields)}::jsonb`)
  const edited = LEAD_DETAILS.filter((field) => change[field] !== undefined)
  // What a person wrote is theirs, and outlasts the retention of what its source had said. An unchanged value is not.
  if (edited.length > 0) {
    const own = edited.map(
      (field) => Prisma.sql`(${field}, ${Prisma.raw(columnOf(field))} IS DISTINCT FROM ${change[field] ?? null})`,
    )
    assignments.push(Prisma.sql`fields_to_clear = ARRAY(
      SELECT kept FROM unnest(fields_to_clear) AS kept
      WHERE kept NOT IN (SELECT name FROM (VALUES ${Prisma.join(own)}) AS edited(name, changed) WHERE changed))`)
  }
  for (const field of edited) {
    assignments.push(Prisma.sql`${Prisma.raw(columnOf(field))} = ${change[field]}`)
  }
  return executeIf(tx)`UPDATE leads SET ${Prisma.join(assignments)} WHERE id = ${id}::uuid RETURNING id`
}
