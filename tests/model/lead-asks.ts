import fc from 'fast-check'
import { type Ask, batches, leads, STATUSES } from './asks'
import * as imports from './rules/imports'
import { rollBack } from './rules/imports'
import * as acts from './rules/mass-acts'
import type { Model } from './state'
import { leadEmail } from './world'

// What a person asks for that is about leads of a file, or many at once.

export const imported = (l: number, batch: number): Ask => {
  const row = (m: Model) => ({ email: m.leads.get(l)?.email ?? leadEmail(l), company: `Company ${l}` })
  // Nobody comes back under the number of a lead that was deleted.
  const may = (m: Model) => m.leads.has(l) || l > Math.max(-1, ...m.leads.keys())
  return {
    text: `import lead ${l} into batch ${batch}`,
    real: async ({ door }, m) => (may(m) ? door.importRow(batch, row(m), l) : false),
    rules: (m) => (may(m) ? imports.importRow(m, batch, row(m)) : false),
  }
}
export const importRow = fc.tuple(leads, batches).map((drawn) => imported(...drawn))

/** The place of what is so many before the last. */
const placeOf = (all: readonly unknown[], nth: number) => all.length - 1 - nth
const nth = fc.constantFrom(0, 0, 0, 1, 2)

export const rolledBack = (before: number): Ask => ({
  text: `roll back the import ${before} before the last`,
  real: async ({ door }, m) => door.rollBack(placeOf(m.imports, before)),
  rules: (m) => rollBack(m, m.imports[placeOf(m.imports, before)]),
})
export const rollBackImport = nth.map(rolledBack)

export const doneToMany = (doing: acts.Doing, whom: acts.Whom): Ask => ({
  text: `${Object.values(doing).join(' ')} of all leads ${JSON.stringify(whom)}`,
  real: async ({ door }) => door.doToMany(doing, whom),
  rules: (m) => acts.doToMany(m, doing, whom),
})
const whom = fc.oneof<fc.Arbitrary<acts.Whom>[]>(
  fc.constant({}),
  fc.constantFrom(...STATUSES).map((status) => ({ status })),
  batches.map((batch) => ({ batch })),
)
const doing = fc.oneof<fc.Arbitrary<acts.Doing>[]>(
  ...[0, 1, 2].map(() => fc.constantFrom(...STATUSES).map((status): acts.Doing => ({ kind: 'status', status }))),
  fc.constantFrom({ kind: 'suppress' }, { kind: 'delete' }),
)
export const massAct = fc.tuple(doing, whom).map((drawn) => doneToMany(...drawn))

export const takenBack = (before: number): Ask => ({
  text: `take back the act on many leads ${before} before the last`,
  real: async ({ door }, m) => door.undo(placeOf(m.acts, before)),
  rules: (m) => acts.undo(m, m.acts[placeOf(m.acts, before)]),
})
export const undoAct = nth.map(takenBack)
