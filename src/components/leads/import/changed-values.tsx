import { Card, CardHeader } from '@/components/ui/card'
import { formatCount, formatOf } from '@/components/ui/numbers'
import type { CheckedImport } from '../api-types'

type Change = CheckedImport['changes'][number]

const WORDS: Record<Change['kind'], string> = {
  emptied: 'left empty: nothing that the column can take',
  shortened: 'shortened to 5,000 characters',
  first_taken: 'with several addresses: the first was taken',
}

/** What was done to values so that their rows could be taken, by column. */
export function ChangedValues({ checked }: { checked: CheckedImport }) {
  const { changes, file } = checked
  if (changes.length === 0) return null
  const total = changes.reduce((sum, { count }) => sum + count, 0)
  return (
    <Card aria-labelledby="changed-values">
      <CardHeader id="changed-values" title={`${formatOf(total, 'value')} changed`} />
      <ul className="grid gap-2 px-4 pt-1 pb-4 text-control">
        {changes.map(({ column, kind, count, example }) => (
          <li key={`${column} ${kind}`} className="[overflow-wrap:anywhere]">
            <span className="font-medium">{file.columns[column]?.name || `Column ${column + 1}`}</span>
            {`: ${formatCount(count)} ${WORDS[kind]}, such as `}
            <span className="text-ink-2">“{example}”</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
