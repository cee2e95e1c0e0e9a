import { IMPORT_LIMITS } from './import-limits'

const { customFields: MOST, customFieldsBytes: MOST_BYTES } = IMPORT_LIMITS

/** Why a lead cannot have all these custom fields; null when it can. The database holds it to the same. */
export function customFieldsProblem(fields: Record<string, string>): string | null {
  const entries = Object.entries(fields)
  if (entries.length > MOST) return `A lead has at most ${MOST} custom fields, and these are ${entries.length}`
  const characters = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  // No character takes more than six bytes, so that hardly any lead is measured.
  if (characters * 6 + entries.length * 8 <= MOST_BYTES || storedSize(fields) <= MOST_BYTES) return null
  return `The custom fields of a lead have at most ${MOST_BYTES / 1024} kB together, and these have more`
}

/** The bytes of custom fields as they are stored: JSON with a blank after each colon and comma. */
const storedSize = (fields: Record<string, string>) =>
  new TextEncoder().encode(JSON.stringify(fields)).length + 2 * Object.keys(fields).length
