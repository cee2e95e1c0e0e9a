import { z } from 'zod'

/** The form of an archive. Another one is read by the version that knows it. */
export const FORMAT = 1

/** Names of what an archive holds beside the tables. */
export const MANIFEST = 'manifest.json'
export const SECRETS = 'secrets.json.sealed'
export const SUMS = 'sums.json'

const migration = z.object({ name: z.string().min(1), checksum: z.string() })

/** First in an archive: what it is, and of which version. */
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  takenAt: z.iso.datetime().transform((at) => new Date(at)),
  /** In the order of their names. */
  migrations: z.array(migration).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
  /** The value that each sequence gave last. */
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^-?\d+$/) })),
})
export type Manifest = z.output<typeof manifestSchema>

/** Last in an archive: how many rows each table has, and the SHA-256 of what COPY wrote of it, hexadecimal. */
export const sumsSchema = z.array(z.object({ table: z.string(), rows: z.number().int(), sha256: z.string() }))
export type Sums = z.output<typeof sumsSchema>

export type AppliedMigration = z.output<typeof migration>

/** A migration as this version has it. */
export type Migration = AppliedMigration & { script: string }

export type Fit =
  | { kind: 'fits'; first: Migration[]; rest: Migration[] }
  | { kind: 'newer' | 'other_text'; names: string[] }

/**
 * Which migrations make the tables of an archive, and which follow once its rows are there; or those that this version does not
 * know, or knows by another text.
 */
export function fitMigrations(applied: readonly AppliedMigration[], known: readonly Migration[]): Fit {
  const byName = new Map(known.map((one) => [one.name, one]))
  const unknown = applied.filter(({ name }) => !byName.has(name)).map(({ name }) => name)
  if (unknown.length > 0) return { kind: 'newer', names: unknown }
  const different = applied.filter(({ name, checksum }) => byName.get(name)?.checksum !== checksum)
  if (different.length > 0) return { kind: 'other_text', names: different.map(({ name }) => name) }
  const there = new Set(applied.map(({ name }) => name))
  return {
    kind: 'fits',
    first: known.filter(({ name }) => there.has(name)),
    rest: known.filter(({ name }) => !there.has(name)),
  }
}
