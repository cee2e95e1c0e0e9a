import type { Ask } from './asks'
import * as rules from './rules/restores'

// What a person does at the machine, and afterwards.

export const restored: Ask = {
  text: 'a backup of this moment is restored',
  real: ({ door }) => door.restore(),
  rules: rules.restore,
}
export const acceptedRestore: Ask = {
  text: 'the restore is accepted',
  real: ({ door }) => door.acceptRestore(),
  rules: rules.acceptRestore,
}
