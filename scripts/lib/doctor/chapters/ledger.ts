import { type Imbalance, selectImbalances } from '../../../../src/db/queries/maintenance/select-imbalances'
import { type Examination, type Finding, fault, ok } from '../finding'

/** The numbers of every campaign are those of its emails. Counts each planned email. */
export const ledger: Examination = {
  name: 'ledger',
  examine: async ({ sql }) => {
    const unbalanced = await selectImbalances(sql)
    if (unbalanced.length === 0) return [ok('The numbers of every campaign are those of its emails.')]
    return unbalanced.flatMap(findingsOf)
  },
}

function findingsOf({ name, states, scheduled, sent, failed, unrecorded }: Imbalance): Finding[] {
  const more = (count: number, what: string) =>
    count === 0 ? [] : [`${Math.abs(count)} ${what} ${count > 0 ? 'too many' : 'too few'}`]
  const parts = [...states, ...more(scheduled, 'planned'), ...more(sent, 'sent'), ...more(failed, 'failed')]
  const counted = fault(
    `“${name}” counts otherwise than its emails are: ${parts.join(', ')}.`,
    'Count anew: docs/operations.md, "When the numbers of a campaign are wrong".',
  )
  const recorded = fault(
    `“${name}”: ${unrecorded} of its sent emails have no record of what was sent.`,
    'They are not sent again. What they said is in a backup of the table emails.',
  )
  return [...(parts.length > 0 ? [counted] : []), ...(unrecorded > 0 ? [recorded] : [])]
}
