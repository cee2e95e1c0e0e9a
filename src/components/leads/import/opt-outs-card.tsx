'use client'

import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { RadioCards } from '@/components/ui/fields/radio-cards'
import { formatOf } from '@/components/ui/numbers'
import type { OptOutChoice } from '@/domain/lead/opt-outs'
import type { CheckedImport } from '../api-types'

type Counts = CheckedImport['optOuts']

const REASONS: Record<Counts[number]['reason'], (people: number) => string> = {
  unsubscribed: (people) => `${formatOf(people, 'person wants', 'people want')} no email`,
  bounced: (people) => `${formatOf(people, 'address', 'addresses')} bounced`,
  complained: (people) => `${formatOf(people, 'person', 'people')} complained`,
}

/** Who wants no email by what the file says, and what becomes of them. */
export function OptOutsCard({
  counts,
  choice,
  onChoose,
}: {
  counts: Counts
  choice: OptOutChoice
  onChoose: (choice: OptOutChoice) => void
}) {
  const total = counts.reduce((sum, { people }) => sum + people, 0)
  return (
    <Card aria-labelledby="opt-outs">
      <CardHeader id="opt-outs" title="The file says who wants no email" />
      <CardBody className="grid gap-3">
        <p className="text-control">{counts.map(({ reason, people }) => REASONS[reason](people)).join(', ')}.</p>
        <RadioCards
          legend={`What becomes of ${total === 1 ? 'this address' : `these ${total} addresses`}`}
          value={choice}
          onValueChange={onChoose}
          options={[
            { value: 'suppress', label: 'Put on the suppression list', hint: 'No campaign ever sends them an email.' },
            { value: 'leave_out', label: 'Leave out', hint: 'Not imported now; another file may bring them.' },
            { value: 'import', label: 'Import all the same', hint: 'They get emails like everybody else.' },
          ]}
        />
      </CardBody>
    </Card>
  )
}
