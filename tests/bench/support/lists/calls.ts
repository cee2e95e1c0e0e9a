/** The reads of screens by name: the procedure that a screen calls, then what for. */
export type Calls = Record<string, () => Promise<unknown>>

/** The procedure that a read is named after. */
export const procedureOf = (name: string): string => name.split(/[ ,]/)[0] ?? ''

/** What the reads are about, found before anything is measured. */
export type Ids = {
  /** The id that a statement finds first; '' for none. */
  idOf: (sql: string) => Promise<string>
  /** The id in the middle of a table, of the rows that `where` says. */
  middle: (table: string, where?: string) => Promise<string>
  campaigns: Record<'running' | 'paused' | 'completed' | 'next', string>
  lead: string
  largeBatch: string
  template: string
  workflow: string
}

/** A place in a list as its address has it. */
export const placeAt = (id: string, value: string | number | null = null): string =>
  Buffer.from(JSON.stringify(value === null ? [id] : [id, value])).toString('base64url')

/** A place behind the last row of a list whose latest rows come first. */
export const lastPlace = (value: string | number | null = null): string =>
  placeAt('00000000-0000-0000-0000-000000000000', value)
